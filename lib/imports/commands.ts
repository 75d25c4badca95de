import type { z } from "zod";
import type { Asked, Everywhere, Scope } from "@/lib/access/scope";
import { holdAttributes, usedInRows } from "@/lib/attributes/held";
import { tidyAfter } from "@/lib/codes/upkeep";
import { bulkTransaction, Prisma, type Transaction, untilWon } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { markTaken, planForFreshRows, summarize } from "@/lib/imports/checks";
import { insertStagedRows } from "@/lib/imports/insertion";
import type { commitInput, ImportInput } from "@/lib/imports/schema";
import { openCreation } from "@/lib/operations/creation";
import { inlineLimit } from "@/lib/operations/rules";
import { campaignForWriting } from "@/lib/operations/scope";
import { wakeWorker } from "@/lib/worker/wake";

/** What a commit made: the same answer however often it is asked for. */
interface CommittedImport {
  operationId: string;
  batchId: string;
  /** How many codes were made; while it runs, how many will be. */
  codes: number;
  /** Whether the codes are being made in the background. */
  running: boolean;
}

/** The import, locked until the transaction ends, so that it is committed once; a second commit waits for the first. */
async function lockImport(tx: Transaction, { applicationId, campaignId, importId }: ImportInput) {
  await tx.$executeRaw`SET LOCAL lock_timeout = '2min'`;
  const [row] = await tx.$queryRaw<
    {
      file_name: string;
      row_count: number;
      failed_count: number;
      given: string | null;
      operation_id: bigint | null;
      changes: boolean;
    }[]
  >`SELECT file_name, row_count, failed_count, given::text, operation_id, reading ->> 'changes' IS NOT NULL AS changes FROM import
    WHERE application_id = ${applicationId} AND campaign_id = ${campaignId} AND id = ${BigInt(importId)}
      AND advocates_digest IS NULL FOR UPDATE`;
  if (!row) throw new DomainError("not_found", { reason: "import_gone" });
  return row;
}

async function committed(tx: Transaction, applicationId: number, operationId: bigint): Promise<CommittedImport> {
  const operation = await tx.operation.findUniqueOrThrow({
    where: { applicationId_id: { applicationId, id: operationId } },
    select: { changed: true, total: true, state: true, batches: { select: { batchId: true } } },
  });
  const running = operation.state === "running";
  return {
    operationId: String(operationId),
    batchId: operation.batches[0]?.batchId ?? "",
    codes: running ? operation.total : operation.changed,
    running,
  };
}

/** What a file made that was imported at once by a request key; null where none was. */
export async function earlierImport(
  { ids }: Scope<"referrals.import">,
  requestKey: string,
): Promise<CommittedImport | null> {
  const { applicationId, campaignId } = ids;
  return bulkTransaction(async (tx) => {
    const operation = await tx.operation.findFirst({
      where: { applicationId, campaignId, requestKey, kind: "import" },
      select: { id: true },
    });
    return operation && committed(tx, applicationId, operation.id);
  });
}

async function removeRows(tx: Transaction, input: ImportInput): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM import_row WHERE application_id = ${input.applicationId} AND import_id = ${BigInt(input.importId)}`;
}

/**
 * Makes the codes of a checked file as one batch and one operation: all or none of up to `inlineLimit` rows, more of them in
 * the background, a part at a time. Asked again, it answers the same. With `onlyGood`, refused rows are left where they are.
 * @param atOnce all or none, however many rows, and the answer waits for them; by this request key
 * @throws DomainError `conflict` when rows have problems, or codes were taken or attributes deleted since the check, `stale` when the checked rows
 *   were lost, `not_found`
 */
export async function commitImport(
  scope: Scope<"referrals.import">,
  asked: Asked<z.input<typeof commitInput>>,
  atOnce?: { requestKey: string },
): Promise<CommittedImport> {
  await campaignForWriting(scope);
  const input = { ...scope.ids, importId: asked.importId };
  const made = await untilWon(
    () => bulkTransaction((tx) => commit(tx, scope, asked, atOnce)),
    () => refuseTaken(input),
  );
  if (made.running) wakeWorker();
  else tidyAfter(made.codes);
  return made;
}

async function commit(
  tx: Transaction,
  scope: Scope<"referrals.import">,
  { importId, onlyGood = false, batchName = "" }: Asked<z.input<typeof commitInput>>,
  atOnce: { requestKey: string } | undefined,
): Promise<CommittedImport> {
  const input = { ...scope.ids, importId };
  const staged = await lockImport(tx, input);
  if (staged.changes) throw new DomainError("conflict", { reason: "import_changes" });
  if (staged.operation_id !== null) return committed(tx, input.applicationId, staged.operation_id);
  await assertComplete(tx, input, staged, onlyGood);
  await holdAttributes(tx, input.applicationId, await usedInRows(tx, stagedAttributes(input)));
  const leftOut = staged.failed_count;
  const codes = staged.row_count - leftOut;
  const large = !atOnce && codes > inlineLimit;
  const creation = await openCreation(tx, scope, {
    kind: "import",
    requestKey: atOnce?.requestKey ?? `import ${importId}`,
    batch: true,
    batchName,
    input: { fileName: staged.file_name, ...(leftOut > 0 && { leftOut }) },
    given: staged.given ?? "{}",
    codes,
    background: large,
  });
  if (creation.repeated) throw new DomainError("conflict", { reason: "import_committed" });
  if (!large) {
    const made = await insertStagedRows(tx, input, creation, null);
    if (made !== codes) throw new Error(`${made} of ${codes} rows were imported`);
  }
  await tx.$executeRaw`
    UPDATE import SET operation_id = ${creation.operationId}
    WHERE application_id = ${input.applicationId} AND id = ${BigInt(input.importId)}`;
  return committed(tx, input.applicationId, creation.operationId);
}

const stagedAttributes = ({ applicationId, importId }: ImportInput) => Prisma.sql`
  SELECT attributes FROM import_row WHERE application_id = ${applicationId} AND import_id = ${BigInt(importId)} AND problems IS NULL`;

async function assertComplete(
  tx: Transaction,
  input: ImportInput,
  staged: { row_count: number; failed_count: number },
  onlyGood: boolean,
): Promise<void> {
  if (staged.failed_count > 0 && !onlyGood) throw new DomainError("conflict", { reason: "import_refused" });
  if (staged.failed_count === staged.row_count) throw new DomainError("conflict", { reason: "import_refused_whole" });
  const kept = await tx.importRow.count({
    where: { applicationId: input.applicationId, importId: BigInt(input.importId) },
  });
  if (kept !== staged.row_count) throw new DomainError("stale", { reason: "import_lost" });
}

/**
 * Names the codes that were taken since the check in the import's problems; nothing where only a lock was lost.
 * @throws DomainError `conflict` where there are such codes, whichever of several commits at once has found them
 */
async function refuseTaken(input: ImportInput): Promise<void> {
  const taken = await bulkTransaction(async (tx) => {
    const { operation_id: done } = await lockImport(tx, input);
    if (done !== null) return 0;
    await tx.$executeRawUnsafe(planForFreshRows);
    await tx.$executeRawUnsafe(markTaken(), input.applicationId, BigInt(input.importId));
    await tx.$executeRawUnsafe(summarize, input.applicationId, BigInt(input.importId));
    return (await lockImport(tx, input)).failed_count;
  });
  if (taken > 0) throw new DomainError("conflict", { reason: "import_taken", count: taken });
}

/**
 * Removes a file that was not committed. Asked again, it does nothing.
 * @throws DomainError `conflict` when it was committed
 */
export async function discardImport(scope: Scope<"referrals.import">, { importId }: Asked<ImportInput>): Promise<void> {
  await campaignForWriting(scope);
  const input = { ...scope.ids, importId };
  await bulkTransaction(async (tx) => {
    const removed = await tx.import.deleteMany({
      where: { ...scope.ids, id: BigInt(input.importId), operationId: null, advocatesDigest: null },
    });
    if (removed.count === 1) return removeRows(tx, input);
    const committedAlready = await tx.import.count({
      where: { ...scope.ids, id: BigInt(input.importId), advocatesDigest: null },
    });
    if (committedAlready > 0) throw new DomainError("conflict", { reason: "import_committed" });
  });
}

/**
 * Removes the oldest file, or list of advocates, that nobody committed for a day and no plan waits for approval with, and its rows. For the worker: it takes seconds for a million rows.
 * @returns whether there was one
 */
export async function removeAbandonedImport(_scope: Scope<"upkeep", Everywhere>): Promise<boolean> {
  return bulkTransaction(async (tx) => {
    const [old] = await tx.$queryRaw<{ application_id: number; id: bigint }[]>`
      SELECT application_id, id FROM import WHERE operation_id IS NULL AND created < now() - interval '24 hours'
        AND NOT EXISTS (SELECT FROM approval a JOIN operation o ON o.application_id = a.application_id AND o.id = a.operation_id
          WHERE a.state = 'waiting' AND a.application_id = import.application_id AND o.input ->> 'importId' = import.id::text)
      ORDER BY created LIMIT 1 FOR UPDATE SKIP LOCKED`;
    if (!old) return false;
    const { application_id: applicationId, id } = old;
    await tx.$executeRaw`DELETE FROM import_row WHERE application_id = ${applicationId} AND import_id = ${id}`;
    await tx.$executeRaw`DELETE FROM import WHERE application_id = ${applicationId} AND id = ${id}`;
    return true;
  });
}
