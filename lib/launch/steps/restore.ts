// Restores the backup that is named into the database of DATABASE_URL.
import { BackupProblem } from "@/lib/backup/problem";
import { restoreBackup } from "@/lib/backup/restore";
import { formatCount } from "@/lib/format";
import { MigrationProblem } from "@/prisma/migrate";
import { connect } from "../external";
import { LaunchProblem } from "../problem";
import { say, since } from "../progress";
import { onShutdown, runTask } from "../shutdown";

await runTask(async () => {
  const [path, address] = [process.argv[2] ?? "", process.env.DATABASE_URL ?? ""];
  const client = await connect(address);
  onShutdown(() => client.end());
  const { rows, tables, created, migrations } = await restoreBackup(client, address, path).catch((error: unknown) => {
    const known = error instanceof BackupProblem || error instanceof MigrationProblem;
    throw known ? new LaunchProblem(error.message) : error;
  });
  say("Restored", `${formatCount(rows, "row")} of ${tables} tables, as of ${created}, in ${since(0)}`);
  if (migrations.length > 0)
    say("Migrations", `${migrations.length} applied, because the backup is of an older version`);
  return 0;
});
