import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { MigrationList, SchemaFilter } from "@prisma/schema-engine-wasm";
import pg from "pg";
import { LockWaitOver, withEngine } from "./engine";
import { type History, isCurrent, type Migration, migrations, migrationsFolder, readHistory } from "./history";

/** A database that cannot be migrated; the message says why in one sentence, and the mend. */
export class MigrationProblem extends Error {
  override readonly name = "MigrationProblem";
}

// Any fixed number: it names the lock that lets one of many starts migrate while the others wait.
const migrationLock = 7_203_114;
const filters: SchemaFilter = { externalTables: [], externalEnums: [] };

function migrationList(wanted: Migration[]): MigrationList {
  return {
    baseDir: migrationsFolder,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: wanted.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
    })),
  };
}

/** How often a migration is tried that somebody's lock is in the way of, and how long between, in milliseconds: four minutes. */
const locked = { tries: 60, pause: 2000 };

/** Applies the missing migrations. Its caller holds the lock, so one that is unfinished was cut off, and undone. */
async function apply(connectionString: string, { missing, unfinished }: History, wanted: Migration[]): Promise<void> {
  try {
    await withEngine(connectionString, async (engine) => {
      for (const migrationName of unfinished) await engine.markMigrationRolledBack({ migrationName });
      await engine.applyMigrations({ migrationsList: migrationList(wanted), filters });
    });
  } catch (error) {
    if (error instanceof LockWaitOver) throw error;
    if (error instanceof Error && "code" in error && error.code === "P3005") {
      throw new MigrationProblem(
        "The database of DATABASE_URL holds tables that are not of Referrals; give it an empty database of its own.",
      );
    }
    const reason = error instanceof Error ? error.message.split("\n   0:")[0] : String(error);
    const names = [...unfinished, ...missing].join(", ");
    throw new MigrationProblem(`Of the migrations ${names} one could not be applied, and was undone: ${reason}`);
  }
}

/**
 * Applies what is missing; gives way where others hold a table for long, so that nobody waits behind it, and tries again.
 * @param client holds the lock
 */
async function applyPatiently(client: pg.Client, connectionString: string, wanted: Migration[]): Promise<string[]> {
  const before = await readHistory(client, wanted);
  const names = [...before.unfinished, ...before.missing].sort();
  if (before.edited.length > 0) {
    throw new MigrationProblem(
      `The migration ${before.edited[0]} was changed after it was applied to this database; restore its file and write a new migration instead.`,
    );
  }
  let history = before;
  for (let nth = 1; !isCurrent(history); nth += 1) {
    try {
      await apply(connectionString, history, wanted);
    } catch (error) {
      if (!(error instanceof LockWaitOver)) throw error;
      if (nth === locked.tries) {
        throw new MigrationProblem(
          `One of the migrations ${names.join(", ")} waited ${nth} times for a table that somebody else holds; end what has been at work in the database for so long, and start again.`,
        );
      }
      await pause(locked.pause);
    }
    history = await readHistory(client, wanted);
  }
  return names;
}

/**
 * Applies what the database lacks; any number of processes may call it at once. A current database costs a connection
 * and two small statements.
 * @param only the names of the migrations it is to have, the oldest of this version; all, unless a backup has fewer
 * @returns the names of the migrations that this call applied.
 * @throws MigrationProblem, or the error of the connection.
 */
export async function migrate(connectionString: string, only?: string[]): Promise<string[]> {
  const wanted = migrations().filter(({ name }) => only?.includes(name) ?? true);
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    if (isCurrent(await readHistory(client, wanted))) return [];
    await client.query(`SELECT pg_advisory_lock(${migrationLock})`);
    return await applyPatiently(client, connectionString, wanted);
  } finally {
    await client.end(); // and with it the lock
  }
}

/**
 * What separates a migrated database from schema.prisma, as SQL; empty when they agree. Checks, triggers, functions and
 * expression or partial indexes, which the schema cannot say, do not count.
 */
export async function schemaDiff(connectionString: string): Promise<string> {
  const path = join(process.cwd(), "prisma", "schema.prisma");
  const schema = { files: [{ path, content: await readFile(path, "utf8") }] };
  const { stdout } = await withEngine(connectionString, (engine) =>
    engine.diff({
      from: { tag: "schemaDatasource", ...schema, configDir: process.cwd() },
      to: { tag: "schemaDatamodel", ...schema },
      script: true,
      exitCode: null,
      filters,
    }),
  );
  return (stdout ?? "").replace("-- This is an empty migration.", "").trim();
}
