import { createHash } from "node:crypto";
import { renameSync, rmSync, statSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { migrations } from "@/prisma/history";
import { type ArchiveWriter, writeArchive } from "./archive";
import { type Head, headName, type Manifest, manifestName, pieceBytes, pieceName } from "./format";
import { BackupProblem } from "./problem";
import { quoted, readSequences, readTables, settleSession, type Table } from "./tables";

/** What was written: how many rows of how many tables, the size of the file, and tables of others that are not in it. */
export interface Made {
  rows: number;
  tables: number;
  bytes: number;
  foreign: string[];
}

/** What a backup is called until it is whole. */
export const unfinishedName = (path: string) => `${path}.unfinished`;

/** The migrations that a database has. @throws BackupProblem where this version does not know one */
async function appliedMigrations(client: pg.Client): Promise<Head["migrations"]> {
  const there = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found");
  const { rows } = there.rows[0].found
    ? await client.query<Head["migrations"][number]>(
        `SELECT migration_name AS name, checksum FROM _prisma_migrations
         WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL ORDER BY 1`,
      )
    : { rows: [] };
  if (rows.length === 0)
    throw new BackupProblem("The database holds nothing of Referrals; there is nothing to back up.");
  const known = new Set(migrations().map(({ name }) => name));
  const newer = rows.find(({ name }) => !known.has(name));
  if (!newer) return rows;
  throw new BackupProblem(
    `The database was migrated by a newer version of Referrals (${newer.name}); make the backup with that version.`,
  );
}

/** The long migrations that the worker has not finished. */
async function unfinishedMigrations(client: pg.Client): Promise<string[]> {
  const there = await client.query("SELECT to_regclass('background_migration') IS NOT NULL AS found");
  if (!there.rows[0].found) return [];
  const { rows } = await client.query("SELECT name FROM background_migration WHERE finished IS NULL ORDER BY name");
  return rows.map(({ name }) => name);
}

const asJson = (value: Head | Manifest) => Buffer.from(`${JSON.stringify(value, null, 1)}\n`);

/** Adds a table's rows, a piece at a time. */
async function addTable(client: pg.Client, { name, columns, order }: Table, archive: ArchiveWriter) {
  const sha = createHash("sha256");
  let [bytes, nth, waiting] = [0, 0, [] as Buffer[]];
  const add = async () => {
    nth += 1;
    const body = Buffer.concat(waiting);
    waiting = [];
    await archive.add({ name: pieceName(name, nth), body });
  };
  const list = columns.map(quoted).join(", ");
  const rows = client.query(copyTo(`COPY (SELECT ${list} FROM ${quoted(name)} ORDER BY ${order}) TO STDOUT`));
  await pipeline(rows, async (parts: AsyncIterable<Buffer>) => {
    let held = 0;
    for await (const part of parts) {
      sha.update(part);
      bytes += part.length;
      held += part.length;
      waiting.push(part);
      if (held < pieceBytes) continue;
      await add();
      held = 0;
    }
    if (held > 0) await add();
  });
  return { name, rows: rows.rowCount, bytes, sha256: sha.digest("hex") };
}

async function nextOf(client: pg.Client, sequence: string): Promise<string> {
  const { rows } = await client.query<{ next: string }>(
    `SELECT (last_value + is_called::int)::text AS next FROM ${quoted(sequence)}`,
  );
  return rows[0]?.next ?? "1";
}

async function addAll(client: pg.Client, archive: ArchiveWriter) {
  await settleSession(client);
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  const applied = await appliedMigrations(client); // the first statement: all that follows sees the database as it is now
  const { tables, foreign } = await readTables(client);
  await client.query(`LOCK TABLE ${tables.map(({ name }) => quoted(name)).join(", ")} IN ACCESS SHARE MODE`);
  const { rows } = await client.query("SELECT version() AS postgres, now() AS created");
  await archive.add({
    name: headName,
    body: asJson({
      format: "referrals-backup",
      version: 1,
      created: rows[0].created.toISOString(),
      postgres: rows[0].postgres.slice(0, 100),
      migrations: applied,
      unfinished: await unfinishedMigrations(client),
      tables: tables.map(({ name, columns }) => ({ name, columns })),
    }),
  });
  const manifest: Manifest = { tables: [], sequences: [] };
  for (const table of tables) manifest.tables.push(await addTable(client, table, archive));
  // Sequences are not of the snapshot, and may be ahead of it: that only leaves numbers out.
  for (const name of await readSequences(client, tables))
    manifest.sequences.push({ name, next: await nextOf(client, name) });
  await client.query("COMMIT");
  await archive.add({ name: manifestName, body: asJson(manifest) });
  return { manifest, foreign };
}

/** Opens the file of a backup until it is whole. @throws BackupProblem where another backup has it, or one that was cut off left it */
function openDraft(path: string): ArchiveWriter {
  const draft = unfinishedName(path);
  try {
    return writeArchive(draft);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    throw new BackupProblem(
      `There is ${draft}: a backup into this file is being made, or was killed. Name another file, or remove that one where none is being made.`,
    );
  }
}

/**
 * Writes all that a database holds of Referrals into a new file, as it is at one moment, while others go on writing. The file
 * appears when it is whole. Memory does not grow with the database.
 * @param client a connection of its own, which is of no other use afterwards
 * @param path of the file, which must not be there
 * @throws BackupProblem, or the error of the database or file; nothing is left of the file
 */
export async function makeBackup(client: pg.Client, path: string): Promise<Made> {
  const draft = unfinishedName(path);
  const archive = openDraft(path);
  try {
    const { manifest, foreign } = await addAll(client, archive);
    await archive.finish();
    if (statSync(path, { throwIfNoEntry: false }))
      throw new BackupProblem(`${path} was made meanwhile; name another file.`);
    renameSync(draft, path);
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    return { rows, tables: manifest.tables.length, bytes: statSync(path).size, foreign };
  } catch (error) {
    await archive.fail(error instanceof Error ? error : new Error(String(error)));
    rmSync(draft, { force: true });
    throw error;
  }
}
