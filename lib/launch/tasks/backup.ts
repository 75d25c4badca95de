import { readSettings } from "@/lib/env";
import { newBackupFile } from "../backup-file";
import { runNode } from "../child";
import { openDatabase } from "../database";
import { programOf } from "../programs.mjs";
import { runTask } from "../shutdown";

/**
 * `npm run backup`, or `npm run backup -- file`: writes the database of the settings into one file, beside a running server or
 * without one. The schema stays as it is: a backup is also made before an upgrade.
 */
export default function backup(args: string[]): Promise<void> {
  return runTask(async () => {
    const path = newBackupFile(args);
    process.env.DATABASE_URL = await openDatabase(readSettings(process.env), { beside: true });
    const { code } = await runNode([programOf("lib/launch/steps/backup.ts"), path], { show: true });
    return code;
  });
}
