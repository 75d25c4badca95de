import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { DatabaseProblem, isDatabaseProblem, sqlState } from "@/lib/database-problem";
import { type Prisma, PrismaClient } from "@/lib/generated/prisma/client";
import { type Heard, patientPool } from "@/lib/patient-pool";
import { listOptions, quickOptions, sessionOptions, soon } from "@/lib/session-settings";

export { Prisma } from "@/lib/generated/prisma/client";

/** A running Prisma transaction: what commands and queries that belong together are given. */
export type Transaction = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];
/** The client or a transaction of it: what a read accepts. */
export type Database = PrismaClient | Transaction;

function openPool(max: number, options: string, heard: Heard): pg.Pool {
  const connectionString = process.env.DATABASE_URL;
  const pool = patientPool({ connectionString, max, idleTimeoutMillis: 60_000, keepAlive: true, options }, heard);
  pool.on("error", () => undefined); // an idle connection that breaks is replaced; the query that needs one reports it
  return pool;
}

function open(max: number, options: string, heard: Heard) {
  const pool = openPool(max, options, heard);
  const client = new PrismaClient({
    adapter: new PrismaPg(pool),
    log: [{ emit: "event", level: "query" }],
    // Longer than the pool and a statement have, so that these say what is wrong.
    transactionOptions: { maxWait: 15_000, timeout: 35_000 },
  });
  return { pool, client };
}

function connect() {
  // 4 exports, 3 uploads and the worker's 2 hands with 1 + 2 transactions each hold 13 for as long as they like; 7 are left for
  // pages and actions. They are opened when needed, and 3 processes with 20 + 4 + 8 each fit into PostgreSQL's usual 100.
  const heard = { at: Number.NEGATIVE_INFINITY };
  const all = open(20, sessionOptions, heard);
  const lists = open(4, listOptions, heard);
  const quick = openPool(8, quickOptions, heard);
  const close = async () => {
    await Promise.all([all, lists].map(({ client }) => client.$disconnect()));
    await Promise.all([all.pool, lists.pool, quick].map((pool) => (pool.ended ? null : pool.end())));
  };
  return { ...all, lists, quick, close };
}

// The pools of this process, also when a development server loads this module again.
const holder = globalThis as { referralsDatabase?: ReturnType<typeof connect> };
holder.referralsDatabase ??= connect();

/** Prisma on the main pool of this process. Every query names its application. */
export const db = holder.referralsDatabase.client;
/** Prisma for pages and counts of lists, on connections of their own: large operations never make a list wait for one. */
export const listDb = holder.referralsDatabase.lists.client;
const listPool = holder.referralsDatabase.lists.pool;
const quickPool = holder.referralsDatabase.quick;
/** The pool itself, for COPY streams and cursors, which Prisma does not have. */
export const pool = holder.referralsDatabase.pool;

/**
 * A connection of a pool for a stream, or for a transaction of one's own.
 * @returns `giveBack`, which works once: a `broken` connection, or one whose statement is not over, is closed
 */
export async function takeConnection(
  from: pg.Pool = pool,
): Promise<{ client: pg.PoolClient; giveBack(broken: boolean): void }> {
  const client = await from.connect();
  let held = true;
  return {
    client,
    giveBack(broken) {
      if (!held) return;
      held = false;
      client.release(broken);
    },
  };
}

/** How long a bulk transaction may take, and how long it waits for rows that another one holds, in milliseconds. */
const bulkTimeout = 15 * 60_000;
const bulkLockTimeout = 60_000;

/**
 * Runs a set-based command of any size in one transaction; all of it is stored or nothing.
 * @throws what `run` throws, after rolling back.
 */
export function bulkTransaction<T>(run: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.$transaction(
    async (tx) => {
      await tx.$executeRawUnsafe(
        `SELECT set_config('statement_timeout', '${bulkTimeout}', true), set_config('lock_timeout', '${bulkLockTimeout}', true)`,
      );
      return run(tx);
    },
    { timeout: bulkTimeout },
  );
}

/** A statement that runs often: by its name a connection keeps how it goes about it. One name has one text. */
export interface Prepared {
  name: string;
  text: string;
  /** Whether it comes to the same when it is run twice, although it writes: then it is asked again where a connection breaks. */
  idempotent?: boolean;
}

/** Runs statements of one transaction, one after the other. Values go as `pg` writes them; a bigint comes back as text. */
export type Ask = <Row extends object>(statement: Prepared, values: unknown[]) => Promise<Row[]>;

/** More codes than these are locked by who does not look on. */
const fewCodes = 1000;

/**
 * Runs what locks codes in a bulk transaction. Who locks a few waits for it: where others hold them for long, they are told so.
 * @throws DatabaseProblem `locked`
 */
export async function lockingSoon<T>(tx: Transaction, codes: number, run: () => Promise<T>): Promise<T> {
  if (codes > fewCodes) return run();
  const limit = (lock: string | number, statement: string | number) =>
    tx.$executeRawUnsafe(
      `SELECT set_config('lock_timeout', '${lock}', true), set_config('statement_timeout', '${statement}', true)`,
    );
  await limit(soon.lock_timeout, soon.statement_timeout);
  const result = await run().catch((error: unknown) => {
    const slow = isDatabaseProblem(error) && error.fault === "slow";
    throw slow ? new DatabaseProblem("locked", error) : error;
  });
  await limit(bulkLockTimeout, bulkTimeout);
  return result;
}

/**
 * A transaction of a few short statements that run hundreds of times a second, on the connection itself: Prisma takes three times as
 * long for the same ones.
 * @throws what `run` throws, after rolling back
 */
export async function quickTransaction<T>(run: (ask: Ask) => Promise<T>): Promise<T> {
  const { client, giveBack } = await takeConnection(quickPool);
  let broken = true;
  try {
    await client.query("BEGIN");
    try {
      const ask: Ask = async (statement, values) => (await client.query({ ...statement, values })).rows;
      const result = await run(ask);
      await client.query("COMMIT");
      broken = false;
      return result;
    } catch (error) {
      await client.query("ROLLBACK");
      broken = false;
      throw error;
    }
  } finally {
    giveBack(broken);
  }
}

/** One prepared statement by itself. */
export async function askQuickly<Row extends object>(statement: Prepared, values: unknown[]): Promise<Row[]> {
  return (await quickPool.query({ ...statement, values })).rows;
}

/** One statement on the connections of lists; by a name it is prepared. A bigint comes back as text. */
export async function askList<Row extends object>(statement: Prisma.Sql, name?: string): Promise<Row[]> {
  const { text, values } = statement;
  return (await listPool.query({ text, values, ...(name !== undefined && { name }) })).rows;
}

/** Whether a statement failed because somebody took one of its codes (23505), or a lock (40P01), at the same moment. */
export function lostRace(error: unknown): boolean {
  return ["23505", "40P01"].includes(sqlState(error) ?? "");
}

/**
 * Runs again what lost a race.
 * @param before is done before each further try; what it throws is the outcome
 * @param tries how often it is run at most
 */
export async function untilWon<T>(run: () => Promise<T>, before?: () => Promise<unknown>, tries = 5): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (!lostRace(error) || attempt === tries) throw error;
      await before?.();
    }
  }
}

/** Whether a statement gave up waiting for a row that another transaction holds. */
export function waitedTooLong(error: unknown): boolean {
  return isDatabaseProblem(error) && error.fault === "locked";
}

/** Closes every connection; the last thing a process does before its database stops. */
export const closeDatabase = holder.referralsDatabase.close;
