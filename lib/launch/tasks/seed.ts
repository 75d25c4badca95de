import { readSettings } from "@/lib/env";
import { runNode } from "../child";
import { readyDatabase } from "../database";
import { programOf } from "../programs.mjs";
import { runTask } from "../shutdown";

/**
 * `npm run seed`: the demo, into the database of the settings if that is empty. With `-- --referrals 1000000` and, if
 * wanted, `--campaign 3`, that many codes are added to a campaign. A server that runs on the data folder is used as it is.
 */
export default function seed(args: string[]): Promise<void> {
  return runTask(async () => {
    await readyDatabase({ ...readSettings(process.env), demo: true }, { beside: true });
    if (args.length === 0) return 0;
    const { code } = await runNode([programOf("lib/launch/steps/fill.ts"), ...args], { show: true });
    return code;
  });
}
