import { readSettings } from "@/lib/env";
import { runNode } from "../child";
import { readyDatabase } from "../database";
import { programOf } from "../programs.mjs";
import { runTask } from "../shutdown";

/**
 * `npm run counters`: compares the redemption counters of every code with the ledger, and with `-- --repair` sets them to it; for one
 * campaign with `--campaign 3`. Ends with 1 where something is wrong and was not mended. A server that runs is used as it is.
 */
export default function counters(args: string[]): Promise<void> {
  return runTask(async () => {
    await readyDatabase({ ...readSettings(process.env), demo: false }, { beside: true });
    const { code } = await runNode([programOf("lib/launch/steps/counters.ts"), ...args], { show: true });
    return code;
  });
}
