import type pg from "pg";
import { migrations } from "@/prisma/history";
import type { Head } from "./format";
import { BackupProblem } from "./problem";
import { quoted, readTables, schemaTables, type Table } from "./tables";

const another = "restore into an empty database: another DATA_DIR, or a DATABASE_URL to one that was just created";

/**
 * The names of a backup's migrations, which this version has to know as they were.
 * @throws BackupProblem where it is of a newer version, or of one that was changed
 */
export function knownMigrations(head: Head): string[] {
  const known = new Map(migrations().map(({ name, checksum }) => [name, checksum]));
  for (const { name, checksum } of head.migrations) {
    if (!known.has(name))
      throw new BackupProblem(
        `The backup is of a newer version of Referrals (${name} is unknown to this one); restore it with that version or a newer one.`,
      );
    if (known.get(name) !== checksum)
      throw new BackupProblem(
        `The backup's migration ${name} is not as this version has it; restore it with the version that made it.`,
      );
  }
  return head.migrations.map(({ name }) => name);
}

/** The migrations that a database has, of those that this version knows or not. */
async function appliedTo(client: pg.Client): Promise<string[]> {
  const { rows: there } = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found");
  if (!there[0].found) return [];
  const { rows } = await client.query(
    "SELECT migration_name AS name FROM _prisma_migrations WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL",
  );
  return rows.map(({ name }) => name);
}

/** The database holds something, which is no fault of the backup. */
export class NotEmpty extends BackupProblem {}

/** Refuses a database that holds something. @throws NotEmpty with the name of a table that has rows */
export async function refuseData(client: pg.Client, tables: readonly Table[]): Promise<void> {
  for (const { name } of tables) {
    const { rows } = await client.query(`SELECT EXISTS (SELECT 1 FROM ${quoted(name)}) AS filled`);
    if (rows[0].filled)
      throw new NotEmpty(`The database is not empty: the table ${name} has rows. Nothing was changed; ${another}.`);
  }
}

/**
 * Refuses a database that this backup cannot go into, before anything is changed in it.
 * @param wanted the names of the backup's migrations
 * @throws BackupProblem with the mend
 */
export async function checkTarget(client: pg.Client, wanted: string[]): Promise<void> {
  await refuseData(client, (await readTables(client)).tables);
  const ahead = (await appliedTo(client)).find((name) => !wanted.includes(name));
  if (ahead !== undefined)
    throw new BackupProblem(
      `The database has a newer schema than the backup (${ahead}), whose data would miss what that migration does to it; ${another}, without tables.`,
    );
}

const listed = (names: string[]) => [...names].sort().join(", ");

/**
 * The tables of the target in the order of the backup. @throws BackupProblem where the two do not have the same ones
 */
export async function matchTables(client: pg.Client, head: Head): Promise<Table[]> {
  const { tables } = await readTables(client);
  const own = new Map(tables.map((table) => [table.name, table]));
  const matched = head.tables.map(({ name, columns }) => {
    const table = schemaTables.includes(name) ? undefined : own.get(name);
    if (!table || listed(table.columns) !== listed(columns))
      throw new BackupProblem(
        `The backup's table ${name} is not as its version of Referrals has it: the file was changed. Use the original.`,
      );
    return { ...table, columns };
  });
  const lacking = tables.find(({ name }) => !head.tables.some((table) => table.name === name));
  if (lacking || new Set(matched.map(({ name }) => name)).size < matched.length)
    throw new BackupProblem(
      `The backup's tables are not those of its version: the file was changed. Use the original.`,
    );
  return matched;
}
