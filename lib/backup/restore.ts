import { createHash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { migrate } from "@/prisma/migrate";
import { type Entry, readArchive } from "./archive";
import { type Head, headName, headSchema, type Manifest, manifestName, manifestSchema, tableFolder } from "./format";
import { BackupProblem } from "./problem";
import { quoted, readSequences, readTables, settleSession, type Table } from "./tables";
import { checkTarget, knownMigrations, matchTables, NotEmpty, refuseData } from "./target";

/** What came back. `migrations` were applied to it afterwards, because the backup was of an older version. */
export interface Restored {
  rows: number;
  tables: number;
  created: string;
  migrations: string[];
}

/** Entries of a file that can be looked at before they are taken. */
class Entries {
  private ahead: IteratorResult<Entry> | undefined;
  private readonly entries: AsyncGenerator<Entry>;

  constructor(path: string) {
    this.entries = readArchive(path);
  }

  async peek(): Promise<Entry | undefined> {
    this.ahead ??= await this.entries.next();
    return this.ahead.done ? undefined : this.ahead.value;
  }

  async take(): Promise<Entry | undefined> {
    const entry = await this.peek();
    this.ahead = undefined;
    return entry;
  }

  async close(): Promise<void> {
    await this.entries.return(undefined);
  }
}

function parsed(entry: Entry | undefined, name: string): unknown {
  if (entry?.name !== name) return undefined;
  try {
    return JSON.parse(entry.body.toString("utf8"));
  } catch {
    return undefined;
  }
}

const foreignFile = (path: string) => new BackupProblem(`${path} is no backup of Referrals. Nothing was changed.`);

async function readHead(entries: Entries, path: string): Promise<Head> {
  const first = await entries.take().catch((error: NodeJS.ErrnoException) => {
    if (error.syscall !== undefined) throw new BackupProblem(`${path} cannot be read (${error.code}).`);
    throw foreignFile(path);
  });
  const { data } = headSchema.safeParse(parsed(first, headName));
  if (!data) throw foreignFile(path);
  return data;
}

/** Copies the rows of one table that come next in the file. */
async function fillTable(client: pg.Client, { name, columns }: Table, entries: Entries) {
  const sha = createHash("sha256");
  let bytes = 0;
  async function* rows() {
    while ((await entries.peek())?.name.startsWith(tableFolder(name))) {
      const body = (await entries.take())?.body ?? Buffer.alloc(0);
      sha.update(body);
      bytes += body.length;
      yield body;
    }
  }
  const into = client.query(copyFrom(`COPY ${quoted(name)} (${columns.map(quoted).join(", ")}) FROM STDIN`));
  await pipeline(rows, into);
  return { name, rows: into.rowCount, bytes, sha256: sha.digest("hex") };
}

/** Checks what came in against the last entry. @throws BackupProblem with the name of a table that differs */
function compare(filled: Manifest["tables"], manifest: Manifest): void {
  const told = new Map(manifest.tables.map((table) => [table.name, table]));
  const wrong = filled.find(({ name, rows, bytes, sha256 }) => {
    const entry = told.get(name);
    return entry?.sha256 !== sha256 || entry.rows !== rows || entry.bytes !== bytes;
  });
  if (wrong) throw new BackupProblem(`the rows of the table ${wrong.name} are not those that were backed up`);
}

/** The indexes that can be built when all rows are there, as SQL; keys stay, because parents are looked up by them. */
async function dropIndexes(client: pg.Client, tables: Table[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
     FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
     WHERE t.relnamespace = current_schema()::regnamespace AND t.relname = ANY ($1) AND NOT i.indisprimary AND i.indisvalid
       AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)`,
    [tables.map(({ name }) => name)],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows.map(({ definition }) => definition);
}

/** Lets the worker begin all long migrations anew: they look at the data that they find, and this is other data. */
async function beginLongMigrations(client: pg.Client, unfinished: string[]): Promise<void> {
  const { rows } = await client.query("SELECT to_regclass('background_migration') IS NOT NULL AS found");
  if (!rows[0].found) return;
  await client.query("INSERT INTO background_migration (name) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING", [
    unfinished,
  ]);
  await client.query(
    `UPDATE background_migration SET started = NULL, finished = NULL, lease_owner = NULL, lease_until = NULL, attempts = 0, problem = NULL`,
  );
}

async function fill(client: pg.Client, head: Head, entries: Entries, during: (what: string) => void): Promise<number> {
  const { tables: own } = await readTables(client);
  await client.query(`LOCK TABLE ${own.map(({ name }) => quoted(name)).join(", ")} IN ACCESS EXCLUSIVE MODE`);
  await refuseData(client, own); // somebody may have come before the lock
  const tables = await matchTables(client, head);
  // What triggers keep up is in the backup itself; they would count everything twice.
  for (const { name } of tables) await client.query(`ALTER TABLE ${quoted(name)} DISABLE TRIGGER USER`);
  const indexes = await dropIndexes(client, tables);
  const filled: Manifest["tables"] = [];
  for (const table of tables) {
    during(`in the table ${table.name}`);
    filled.push(await fillTable(client, table, entries));
  }
  during(`after the table ${tables.at(-1)?.name}`);
  const { data: manifest } = manifestSchema.safeParse(parsed(await entries.take(), manifestName));
  if (!manifest) throw new BackupProblem("what follows is not what a backup ends with");
  if (await entries.take()) throw new BackupProblem("more follows than a backup has"); // the end of the file is checked, too
  compare(filled, manifest);
  const sequences = await readSequences(client, tables);
  if (sequences.join() !== manifest.sequences.map(({ name }) => name).join())
    throw new BackupProblem("its sequences are not those of its version");
  for (const { name, next } of manifest.sequences)
    await client.query(`ALTER SEQUENCE ${quoted(name)} RESTART WITH ${next}`);
  during("where its indexes are built");
  for (const definition of indexes) await client.query(definition);
  for (const { name } of tables) await client.query(`ALTER TABLE ${quoted(name)} ENABLE TRIGGER USER`);
  await beginLongMigrations(client, head.unfinished);
  return filled.reduce((sum, { rows }) => sum + rows, 0);
}

/** What of an error is the file's: how gzip, tar and the database complain of content that is not as it was written. */
function faultOfFile(error: Error): string | undefined {
  const code = "code" in error ? String(error.code) : "";
  if (code === "Z_BUF_ERROR" || /Unexpected end of data/.test(error.message)) return "it is cut off";
  if (code === "Z_DATA_ERROR" || /Invalid tar header/.test(error.message)) return "it was changed";
  if (error instanceof BackupProblem || /^(22|23|42|54)/.test(code)) return error.message;
  return undefined;
}

/** What stopped a restore at a place in the file, for people. */
function told(path: string, where: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof NotEmpty) return error;
  const fault = faultOfFile(error);
  return new BackupProblem(
    fault === undefined
      ? `The backup ${path} could not be restored: ${where}, ${error.message}. Nothing was restored; mend that and try again.`
      : `The backup ${path} cannot be restored: ${where}, ${fault}. Nothing was restored; use another copy of the file.`,
  );
}

async function inOneTransaction(client: pg.Client, head: Head, entries: Entries, path: string): Promise<number> {
  let where = "at its beginning";
  await client.query("BEGIN");
  try {
    const rows = await fill(client, head, entries, (place) => {
      where = place;
    });
    await client.query("COMMIT");
    return rows;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw told(path, where, error);
  }
}

/**
 * Restores a backup into an empty database, in one transaction: all of it, or nothing. The schema is first brought to where it was
 * when the backup was made, and to this version's when the data is there.
 * @param client a connection of its own to the database of `address`, which is of no other use afterwards
 * @throws BackupProblem with the mend
 */
export async function restoreBackup(client: pg.Client, address: string, path: string): Promise<Restored> {
  const entries = new Entries(path);
  try {
    const head = await readHead(entries, path);
    const names = knownMigrations(head);
    await settleSession(client);
    await checkTarget(client, names);
    await migrate(address, names);
    const rows = await inOneTransaction(client, head, entries, path);
    const applied = await migrate(address);
    const { tables } = await readTables(client);
    await client.query(`VACUUM (ANALYZE) ${tables.map(({ name }) => quoted(name)).join(", ")}`); // what plans are made by
    return { rows, tables: head.tables.length, created: head.created, migrations: applied };
  } finally {
    await entries.close().catch(() => undefined);
  }
}
