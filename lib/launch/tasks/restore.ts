import { readSettings } from "@/lib/env";
import { backupFile } from "../backup-file";
import { runNode } from "../child";
import { openDatabase } from "../database";
import { programOf } from "../programs.mjs";
import { runTask } from "../shutdown";

/** `npm run restore -- file`: brings what a backup holds into the database of the settings, which has to be empty. */
export default function restore(args: string[]): Promise<void> {
  return runTask(async () => {
    const path = backupFile(args);
    process.env.DATABASE_URL = await openDatabase(readSettings(process.env), { beside: true });
    const { code } = await runNode([programOf("lib/launch/steps/restore.ts"), path], { show: true });
    return code;
  });
}
