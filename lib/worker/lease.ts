import { db, Prisma, type Transaction } from "@/lib/db";
import type { Queue } from "@/lib/worker/kinds";

/**
 * How long a worker may be silent before another takes its row over, in milliseconds. While a transaction runs, its lock
 * on the row says more than the lease: nobody takes what is locked, and a dead worker's locks go with its connection.
 * Every transaction renews the lease.
 */
export const leaseMilliseconds = 10_000;

/** A row that was taken: the values of its primary key, by column. */
export type Taken = Record<string, unknown>;

const columns = (names: readonly string[]) => Prisma.raw(names.join(", "));
const oneOf = ({ key }: Queue, taken: Taken) =>
  Prisma.join(
    key.map((name) => Prisma.sql`${Prisma.raw(name)} = ${taken[name]}`),
    " AND ",
  );

/** Takes the oldest row of a queue that waits and that nobody holds; null when there is none. Takers never wait for each other. */
export async function takeLease(queue: Queue, owner: string): Promise<Taken | null> {
  const table = Prisma.raw(queue.table);
  const [taken] = await db.$queryRaw<Taken[]>`
    UPDATE ${table} SET lease_owner = ${owner}, lease_until = clock_timestamp() + ${leaseMilliseconds} * interval '1 ms'
    WHERE (${columns(queue.key)}) = (
      SELECT ${columns(queue.key)} FROM ${table}
      WHERE (${Prisma.raw(queue.waits)}) AND (lease_until IS NULL OR lease_until < clock_timestamp())
      ORDER BY ${Prisma.raw(queue.key.at(-1) ?? "")} LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING ${columns(queue.key)}`;
  return taken ?? null;
}

/**
 * Locks a leased row for one transaction and renews the lease.
 * @returns the row as it is now; null when the lease was lost, or there is nothing to do
 */
export async function holdLease<Row extends object>(
  tx: Transaction,
  queue: Queue<Row>,
  owner: string,
  taken: Taken,
): Promise<Row | null> {
  const [held] = await tx.$queryRaw<Row[]>`
    UPDATE ${Prisma.raw(queue.table)} SET lease_until = clock_timestamp() + ${leaseMilliseconds} * interval '1 ms', attempts = 0,
      problem = NULL
    WHERE ${oneOf(queue, taken)} AND lease_owner = ${owner} AND (${Prisma.raw(queue.waits)})
    RETURNING ${columns(queue.columns)}`;
  return held ?? null;
}

/** Lets go of a row: at once when it is left in good order, after a growing pause when its last try failed. */
export async function giveBack(queue: Queue, owner: string, taken: Taken, problem: string | null): Promise<void> {
  await db.$executeRaw`
    UPDATE ${Prisma.raw(queue.table)} SET lease_owner = NULL,
      lease_until = CASE WHEN ${problem}::text IS NULL THEN NULL
        ELSE clock_timestamp() + least(60, power(2, attempts)) * interval '1 second' END,
      attempts = CASE WHEN ${problem}::text IS NULL THEN 0 ELSE least(attempts + 1, 100) END, problem = ${problem}
    WHERE ${oneOf(queue, taken)} AND lease_owner = ${owner}`;
}
