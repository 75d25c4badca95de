import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A migration of this version: the name of its folder, its SQL, and the SHA-256 that Prisma remembers of it. */
export type Migration = { name: string; sql: string; checksum: string };

/** What can run one statement: a `pg` client or pool. */
export type Queryable = { query(sql: string): Promise<{ rows: unknown[] }> };

type HistoryRow = { name: string; checksum: string; finished: boolean };

/** How far a database is: what it lacks, what was edited after it was applied, what was begun and not finished. */
export type History = { missing: string[]; edited: string[]; unfinished: string[] };

export const migrationsFolder = join(/* turbopackIgnore: true */ process.cwd(), "prisma", "migrations");

let known: Migration[] | undefined;

/** The migrations of this version, oldest first. Read once: a running process does not change its version. */
export function migrations(): Migration[] {
  known ??= readdirSync(migrationsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = readFileSync(join(migrationsFolder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  return known;
}

/** Compares a database with this version's migrations, or some of them. Migrations that only a newer version knows do not matter. */
export async function readHistory(database: Queryable, wanted: Migration[] = migrations()): Promise<History> {
  const table = await database.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found");
  const { found } = table.rows[0] as { found: boolean };
  const applied = new Map<string, HistoryRow>();
  if (found) {
    const { rows } = await database.query(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
    );
    for (const row of rows as HistoryRow[]) applied.set(row.name, row);
  }
  const history: History = { missing: [], edited: [], unfinished: [] };
  for (const { name, checksum } of wanted) {
    const row = applied.get(name);
    if (!row) history.missing.push(name);
    else if (!row.finished) history.unfinished.push(name);
    else if (row.checksum !== checksum) history.edited.push(name);
  }
  return history;
}

/** Whether the database has every migration of this version, as this version has them. */
export function isCurrent({ missing, edited, unfinished }: History): boolean {
  return missing.length + edited.length + unfinished.length === 0;
}
