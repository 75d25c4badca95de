import { bulkTransaction, type Transaction, untilWon } from "@/lib/db";
import { markTaken, planForFreshRows, summarize } from "@/lib/imports/checks";
import { insertStagedRows, type Part } from "@/lib/imports/insertion";
import type { ImportInput } from "@/lib/imports/schema";
import type { LeasedOperation } from "@/lib/operations/background";
import { codesMade, codesRecorded, mergeNewEntries } from "@/lib/operations/creation";

/** How many lines of a file one transaction imports. */
export const linesAtOnce = 10_000;
/** How many of them run at a time: PostgreSQL uses one processor for each. */
const lanes = 2;

interface RunningImport {
  id: bigint;
  batch_id: string;
  started: Date;
  row_count: number;
}

async function find(tx: Transaction, { application_id, id }: LeasedOperation): Promise<RunningImport> {
  const [found] = await tx.$queryRaw<RunningImport[]>`
    SELECT i.id, i.row_count, b.batch_id, o.started FROM operation o
    JOIN import i ON i.application_id = o.application_id AND i.operation_id = o.id
    JOIN batch b ON b.application_id = o.application_id AND b.operation_id = o.id
    WHERE o.application_id = ${application_id} AND o.id = ${id}`;
  if (!found) throw new Error(`operation ${id} has no import`);
  return found;
}

/** The last parts of the file that wait, at most as many as there are lanes. Those of the first lines are said to be created last. */
async function nextParts(tx: Transaction, applicationId: number, { id, started }: RunningImport): Promise<Part[]> {
  const [{ last }] = await tx.$queryRaw<[{ last: number | null }]>`
    SELECT max(line) AS last FROM import_row
    WHERE application_id = ${applicationId} AND import_id = ${id} AND problems IS NULL`;
  if (last === null) return [];
  const final = Math.floor(last / linesAtOnce);
  return Array.from({ length: Math.min(lanes, final + 1) }, (_, lane) => ({
    from: (final - lane) * linesAtOnce,
    to: (final - lane + 1) * linesAtOnce - 1,
    created: new Date(started.getTime() - (final - lane)),
  }));
}

/** Imports one part in a transaction of its own. Codes that somebody took meanwhile become problems of their rows. */
function importPart(input: ImportInput, operationId: bigint, batchId: string, part: Part): Promise<unknown> {
  return untilWon(
    () =>
      bulkTransaction(async (tx) => {
        await insertStagedRows(tx, input, { operationId, batchId }, part);
      }),
    () =>
      bulkTransaction(async (tx) => {
        await tx.$executeRawUnsafe(planForFreshRows);
        await tx.$executeRawUnsafe(markTaken(part), input.applicationId, BigInt(input.importId));
      }),
  );
}

/**
 * Imports the next parts of a file in the background; true when nothing is left. The parts have transactions of their own:
 * the staged rows themselves say what is still to do, and the batch what is done, so that a crash in between costs nothing.
 */
export async function importStep(tx: Transaction, operation: LeasedOperation): Promise<boolean> {
  const { application_id: applicationId, campaign_id: campaignId, id: operationId } = operation;
  const running = await find(tx, operation);
  const input = { applicationId, campaignId, importId: String(running.id) };
  const parts = operation.cancelled ? [] : await nextParts(tx, applicationId, running);
  const outcomes = await Promise.allSettled(
    parts.map((part) => importPart(input, operationId, running.batch_id, part)),
  );
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
  if (parts.length === 0) return finish(tx, input, operationId);
  const made = codesMade(applicationId, operationId);
  await tx.$executeRaw`
    UPDATE operation SET done = ${made} + refused, changed = ${made}
    WHERE application_id = ${applicationId} AND id = ${operationId}`;
  return false;
}

const lost = "The database was restarted after a crash and lost the rows that were still to be imported.";

/** Ends an import: all of it is there but what was taken, or it was cancelled, or a crash of PostgreSQL took the rest. */
async function finish(tx: Transaction, input: ImportInput, operationId: bigint): Promise<true> {
  const { applicationId, importId } = input;
  const made = codesRecorded(applicationId, operationId);
  // rows that a cancelled one left stay, as the file of the rest
  await tx.$executeRawUnsafe(summarize, applicationId, BigInt(importId));
  await tx.$executeRaw`
    UPDATE operation o SET state = 'applied', applied = clock_timestamp(), lease_owner = NULL, lease_until = NULL,
      changed = ${made}, refused = i.row_count - ${made},
      done = CASE WHEN rest.unread > 0 THEN i.row_count - rest.unread ELSE i.row_count END,
      problem = CASE WHEN rest.unread > 0 AND o.cancelled IS NULL THEN ${lost} END,
      cancelled = CASE WHEN rest.unread > 0 THEN coalesce(o.cancelled, clock_timestamp()) END
    FROM import i, LATERAL (SELECT i.row_count - i.failed_count - ${made} AS unread) rest
    WHERE o.application_id = ${applicationId} AND o.id = ${operationId}
      AND i.application_id = ${applicationId} AND i.id = ${BigInt(importId)}`;
  mergeNewEntries(1_000_000);
  return true;
}
