// Writes the database of DATABASE_URL into the file that is named.
import { rmSync } from "node:fs";
import { makeBackup, unfinishedName } from "@/lib/backup/make";
import { BackupProblem } from "@/lib/backup/problem";
import { formatBytes, formatCount } from "@/lib/format";
import { connect } from "../external";
import { errorCode, LaunchProblem } from "../problem";
import { say, since } from "../progress";
import { onShutdown, runTask } from "../shutdown";

function sentence(error: unknown, path: string): unknown {
  if (error instanceof BackupProblem) return new LaunchProblem(error.message);
  const reasons: Record<string, string> = { ENOSPC: "the disk is full", EACCES: "the folder may not be written to" };
  const reason = reasons[errorCode(error) ?? ""];
  return reason === undefined ? error : new LaunchProblem(`The backup ${path} was not made: ${reason}.`);
}

await runTask(async () => {
  const path = process.argv[2] ?? "";
  const client = await connect(process.env.DATABASE_URL ?? "");
  onShutdown(() => client.end());
  const forget = onShutdown(() => rmSync(unfinishedName(path), { force: true }));
  const { rows, tables, bytes, foreign } = await makeBackup(client, path).catch((error: unknown) => {
    forget(); // what is there now is another backup's
    throw sentence(error, path);
  });
  forget();
  if (foreign.length > 0) say("Backup", `without tables that are not of Referrals: ${foreign.join(", ")}`);
  say("Backup", `${formatCount(rows, "row")} of ${tables} tables, ${formatBytes(bytes)}, in ${since(0)}: ${path}`);
  return 0;
});
