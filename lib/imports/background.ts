import { learnMeanwhile, tidyAfter } from "@/lib/codes/upkeep";
import { bulkTransaction, type Transaction, untilWon } from "@/lib/db";
import { markTaken, planForFreshRows, summarize } from "@/lib/imports/checks";
import { insertStagedRows, type Part } from "@/lib/imports/insertion";
import type { ImportInput } from "@/lib/imports/schema";
import type { LeasedOperation } from "@/lib/operations/background";
import { codesMade, codesRecorded } from "@/lib/operations/creation";
import { keptReason } from "@/lib/reasons";

/** How many lines of a file one transaction makes codes of. */
export const linesAtOnce = 10_000;
/** How many of them run at a time: PostgreSQL uses one processor for each. */
const lanes = 2;

/** Staged rows of which codes are being made. */
export interface RunningRows {
  staged: ImportInput;
  creation: { operationId: bigint; batchId: string };
  started: Date;
}

/** What is done with staged rows, a few parts at a time. */
export interface PartWork {
  /** Whether the list, newest first, reads from the first row on, as a file does, or from the last. */
  newest: "first row" | "last row";
  /** Makes the codes of parts, each in a transaction of its own; gives the sentence that ends the operation, if one does. */
  makeParts: (tx: Transaction, rows: RunningRows, parts: Part[]) => Promise<string | null>;
  /** What becomes of the rows that are left when it is over; they stay where this is left out. */
  removeRest?: (tx: Transaction, rows: RunningRows) => Promise<void>;
}

async function find(tx: Transaction, operation: LeasedOperation): Promise<RunningRows> {
  const { application_id: applicationId, campaign_id: campaignId, id: operationId } = operation;
  const [found] = await tx.$queryRaw<{ id: bigint; batch_id: string; started: Date }[]>`
    SELECT i.id, b.batch_id, o.started FROM operation o
    JOIN import i ON i.application_id = o.application_id AND i.operation_id = o.id
    JOIN batch b ON b.application_id = o.application_id AND b.operation_id = o.id
    WHERE o.application_id = ${applicationId} AND o.id = ${operationId}`;
  if (!found) throw new Error(`operation ${operationId} has no staged rows`);
  const { id, batch_id: batchId, started } = found;
  return { staged: { applicationId, campaignId, importId: String(id) }, creation: { operationId, batchId }, started };
}

/** The parts that wait, at most as many as there are lanes: those come first whose codes are said to be created first. */
async function nextParts(
  tx: Transaction,
  { staged, started }: RunningRows,
  newest: PartWork["newest"],
): Promise<Part[]> {
  const [{ first, last }] = await tx.$queryRaw<[{ first: number | null; last: number | null }]>`
    SELECT min(line) AS first, max(line) AS last FROM import_row
    WHERE application_id = ${staged.applicationId} AND import_id = ${BigInt(staged.importId)} AND problems IS NULL`;
  if (first === null || last === null) return [];
  const [low, high] = [first, last].map((line) => Math.floor(line / linesAtOnce)) as [number, number];
  return Array.from({ length: Math.min(lanes, high - low + 1) }, (_, lane) => {
    const number = newest === "first row" ? high - lane : low + lane;
    return {
      from: number * linesAtOnce,
      to: Math.min((number + 1) * linesAtOnce - 1, last),
      created: new Date(started.getTime() + (newest === "first row" ? -number : number)),
    };
  });
}

/**
 * Makes the codes of the next parts of staged rows in the background; true when nothing is left. The parts have transactions of
 * their own: the staged rows themselves say what is still to do, and the batch what is done, so that a crash in between costs
 * nothing.
 */
export async function makeOfRows(tx: Transaction, operation: LeasedOperation, work: PartWork): Promise<boolean> {
  const { application_id: applicationId, id: operationId } = operation;
  const running = await find(tx, operation);
  const parts = operation.cancelled ? [] : await nextParts(tx, running, work.newest);
  const problem = parts.length > 0 ? await work.makeParts(tx, running, parts) : null;
  if (problem !== null || parts.length === 0) {
    await finish(tx, running, problem);
    await work.removeRest?.(tx, running);
    return true;
  }
  learnMeanwhile();
  const made = codesMade(applicationId, operationId);
  await tx.$executeRaw`
    UPDATE operation SET done = ${made} + refused, changed = ${made}
    WHERE application_id = ${applicationId} AND id = ${operationId}`;
  return false;
}

const lost = keptReason({ reason: "rows_lost" });

/** Ends it: all codes are there but what was taken, or it was cancelled, or ended early, or a crash of PostgreSQL took the rest. */
async function finish(tx: Transaction, { staged, creation }: RunningRows, problem: string | null): Promise<void> {
  const { applicationId, importId } = staged;
  const { operationId } = creation;
  const made = codesRecorded(applicationId, operationId);
  await tx.$executeRawUnsafe(summarize, applicationId, BigInt(importId));
  await tx.$executeRaw`
    UPDATE operation o SET state = 'applied', applied = clock_timestamp(), lease_owner = NULL, lease_until = NULL,
      changed = ${made}, refused = o.total - ${made}, done = o.total - greatest(rest.unread, 0),
      problem = CASE WHEN rest.unread > 0 THEN coalesce(${problem}, CASE WHEN o.cancelled IS NULL THEN ${lost} END) END,
      cancelled = CASE WHEN rest.unread > 0 THEN coalesce(o.cancelled, clock_timestamp()) END
    FROM import i, LATERAL (SELECT i.row_count - i.failed_count - ${made} AS unread) rest
    WHERE o.application_id = ${applicationId} AND o.id = ${operationId}
      AND i.application_id = ${applicationId} AND i.id = ${BigInt(importId)}`;
  tidyAfter(1_000_000);
}

/** Imports one part in a transaction of its own. Codes that somebody took meanwhile become problems of their rows. */
function importPart({ staged, creation }: RunningRows, part: Part): Promise<unknown> {
  return untilWon(
    () => bulkTransaction((tx) => insertStagedRows(tx, staged, creation, part)),
    () =>
      bulkTransaction(async (tx) => {
        await tx.$executeRawUnsafe(planForFreshRows);
        await tx.$executeRawUnsafe(markTaken(part), staged.applicationId, BigInt(staged.importId));
      }),
  );
}

const importing: PartWork = {
  newest: "first row",
  async makeParts(_tx, rows, parts) {
    const outcomes = await Promise.allSettled(parts.map((part) => importPart(rows, part)));
    const failed = outcomes.find((outcome) => outcome.status === "rejected");
    if (failed) throw failed.reason;
    return null;
  },
};

/** Imports the next parts of a file; true when nothing is left. Rows that a cancelled one did not come to stay, as the file of the rest. */
export function importStep(tx: Transaction, operation: LeasedOperation): Promise<boolean> {
  return makeOfRows(tx, operation, importing);
}
