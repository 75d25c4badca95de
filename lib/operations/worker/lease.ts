import { db, type Transaction } from "@/lib/db";
import type { OperationSummary } from "@/lib/operations/rules";
import type { OperationEffect, OperationKind, Selection } from "@/lib/operations/schema";

/** An operation that this worker holds, as it is at the start of one of its transactions. */
export interface LeasedOperation {
  application_id: number;
  campaign_id: number;
  id: bigint;
  kind: OperationKind;
  effect: OperationEffect;
  state: "planning" | "running" | "dropped";
  selection: Selection | null;
  input: unknown;
  summary: OperationSummary | null;
  undoes_id: bigint | null;
  matched: number;
  changed: number;
  refused: number;
  total: number;
  done: number;
  /** The highest referral id that is done; null before the first. */
  done_to: bigint | null;
  /** When somebody asked it to stop. */
  cancelled: Date | null;
}

/**
 * How long a worker may be silent before another takes its operation over, in milliseconds. While a transaction runs, its
 * lock on the operation says more than the lease: nobody takes what is locked, and a dead worker's locks go with its
 * connection. Every transaction renews the lease.
 */
export const leaseMilliseconds = 10_000;

/** Takes the oldest operation that waits and that nobody holds; null when there is none. Takers never wait for each other. */
export async function takeLease(owner: string): Promise<{ applicationId: number; id: bigint } | null> {
  const [taken] = await db.$queryRaw<{ applicationId: number; id: bigint }[]>`
    UPDATE operation SET lease_owner = ${owner}, lease_until = clock_timestamp() + ${leaseMilliseconds} * interval '1 ms'
    WHERE (application_id, id) = (
      SELECT application_id, id FROM operation
      WHERE state IN ('planning', 'running', 'dropped') AND (lease_until IS NULL OR lease_until < clock_timestamp())
      ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING application_id AS "applicationId", id`;
  return taken ?? null;
}

/** Locks a leased operation for one transaction and renews the lease; null when it was lost, or there is nothing to do. */
export async function holdLease(
  tx: Transaction,
  owner: string,
  applicationId: number,
  id: bigint,
): Promise<LeasedOperation | null> {
  const [held] = await tx.$queryRaw<LeasedOperation[]>`
    UPDATE operation SET lease_until = clock_timestamp() + ${leaseMilliseconds} * interval '1 ms', attempts = 0, problem = NULL
    WHERE application_id = ${applicationId} AND id = ${id} AND lease_owner = ${owner}
      AND state IN ('planning', 'running', 'dropped')
    RETURNING application_id, campaign_id, id, kind, effect, state, selection, input, summary, undoes_id, matched,
      changed, refused, total, done, done_to, cancelled`;
  return held ?? null;
}

/** Lets go of an operation: at once when it is left in good order, after a growing pause when its last try failed. */
export async function giveBack(
  owner: string,
  applicationId: number,
  id: bigint,
  problem: string | null,
): Promise<void> {
  await db.$executeRaw`
    UPDATE operation SET lease_owner = NULL,
      lease_until = CASE WHEN ${problem}::text IS NULL THEN NULL
        ELSE clock_timestamp() + least(60, power(2, attempts)) * interval '1 second' END,
      attempts = CASE WHEN ${problem}::text IS NULL THEN 0 ELSE least(attempts + 1, 100) END, problem = ${problem}
    WHERE application_id = ${applicationId} AND id = ${id} AND lease_owner = ${owner}`;
}
