import { readSettings } from "@/lib/env";
import { readKeyOptions } from "../api-key-options";
import { runNode } from "../child";
import { readyDatabase } from "../database";
import { programOf } from "../programs.mjs";
import { runTask } from "../shutdown";

/**
 * `npm run api-key -- --kind integration --application 1 --name "Web shop"`: makes an API key in the database of the settings
 * and prints it once, alone on the last line. A server that runs on the data folder is used as it is.
 */
export default function apiKey(args: string[]): Promise<void> {
  return runTask(async () => {
    readKeyOptions(args); // before a database is started for nothing
    await readyDatabase({ ...readSettings(process.env), demo: false }, { beside: true });
    const { code } = await runNode([programOf("lib/launch/steps/api-key.ts"), ...args], { show: true });
    return code;
  });
}
