import { admit, type Scope } from "@/lib/access/scope";
import { bulkTransaction, db, waitedTooLong } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { cellRows, countFileRows } from "@/lib/operations/cells";
import { planDelete } from "@/lib/operations/delete";
import { planEdit } from "@/lib/operations/edit";
import { makePlan } from "@/lib/operations/plan";
import type { Plan } from "@/lib/operations/rules";
import { cellsInput, editChangesField, type OperationKind, type Selection } from "@/lib/operations/schema";
import { campaignForWriting, mayCarryOut } from "@/lib/operations/scope";
import { leftIds, sizeOf } from "@/lib/operations/target";
import { planUndo } from "@/lib/operations/undo";
import { wakeWorker } from "@/lib/worker/wake";

/**
 * Asks a running operation to stop. What it did so far stays, is recorded and can be undone; the rest is left, and listed.
 * Asked again, or when it is over, it does nothing.
 * @throws DomainError `not_found`, `forbidden`, `unavailable` when the part that is being written does not end within 20 seconds
 */
export async function cancelOperation(scope: Scope<"operations.run">, request: { operationId: string }): Promise<void> {
  const { applicationId, campaignId } = scope.ids;
  await campaignForWriting(scope);
  const id = BigInt(request.operationId);
  const operation = await db.operation.findFirst({ where: { ...scope.ids, id }, select: { kind: true } });
  if (!operation) throw unknown(request.operationId);
  mayCarryOut(scope, operation.kind as OperationKind);
  // The worker holds this row while it writes a part: for about a second, longer where the part waits for another creation.
  const asked = await bulkTransaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL lock_timeout = '20s'`;
    return tx.$executeRaw`
      UPDATE operation SET cancelled = coalesce(cancelled, clock_timestamp()), lease_until = least(lease_until, clock_timestamp())
      WHERE application_id = ${applicationId} AND campaign_id = ${campaignId} AND id = ${id} AND state = 'running'`;
  }).catch((error: unknown) => {
    if (!waitedTooLong(error)) throw error;
    throw new DomainError("unavailable", { reason: "part_takes_long" });
  });
  if (asked === 1) return wakeWorker();
  const over = await db.operation.count({ where: { applicationId, campaignId, id, state: "applied" } });
  if (over === 0) throw unknown(request.operationId);
}

/**
 * Plans again what an edit or a deletion left alone because it was cancelled or because codes had changed meanwhile.
 * @throws DomainError `not_found`, `forbidden`, `conflict` for other operations and when nothing was left
 */
export async function planRetry(
  scope: Scope<"operations.run">,
  request: { operationId: string; replaces?: string | null },
): Promise<Plan> {
  const { operationId, replaces } = request;
  const { ids } = scope;
  const operation = await db.operation.findFirst({
    where: { ...ids, id: BigInt(operationId), state: "applied" },
    select: { kind: true, input: true },
  });
  if (!operation) throw unknown(operationId);
  const [{ left }] = await db.$queryRaw<[{ left: boolean }]>`
    SELECT EXISTS (${leftIds(ids, BigInt(operationId))}) AS left`;
  if (!left) throw new DomainError("conflict", { reason: "nothing_left" });
  return planAlike(scope, operation, { by: "left", operationId }, replaces);
}

/**
 * Plans again what ended without approval: the same codes and instructions, as they are now.
 * @throws DomainError `not_found`, also where the selected codes are not known any more; `forbidden`; `conflict` as `planUndo`
 */
export async function planAnew(
  scope: Scope<"operations.run">,
  { operationId, replaces }: { operationId: string; replaces?: string | null },
): Promise<Plan> {
  const { actor, ids } = scope;
  const operation = await db.operation.findFirst({
    where: { ...ids, id: BigInt(operationId), state: "ended" },
    select: { kind: true, input: true, selection: true, undoesId: true },
  });
  if (!operation) throw unknown(operationId);
  const { undoesId, selection } = operation;
  if (undoesId !== null)
    return planUndo(admit(actor, ids, "operations.undo"), { operationId: String(undoesId), replaces });
  return planAlike(scope, operation, selection as Selection | null, replaces);
}

/** Plans the edit or the deletion of an operation for a selection; null is that of its file. */
async function planAlike(
  { actor, ids }: Scope<"operations.run">,
  { kind, input }: { kind: string; input: unknown },
  selection: Selection | null,
  replaces?: string | null,
): Promise<Plan> {
  const cells = cellsInput.safeParse(input).data;
  if (cells) {
    const editing = admit(actor, ids, "referrals.edit");
    const left = selection?.by === "left" ? BigInt(selection.operationId) : null;
    const size = selection ? await sizeOf(editing, selection) : await countFileRows(db, ids, BigInt(cells.importId));
    const rows = cellRows(ids, cells, left);
    const request = { kind: "edit", effect: "edit", size, input: cells, rows } as const;
    return makePlan(editing, { ...request, ...(selection && { selection }) }, { replaces });
  }
  if (selection && kind === "edit")
    return planEdit(admit(actor, ids, "referrals.edit"), {
      selection,
      replaces,
      changes: editChangesField.parse(input),
    });
  if (selection && kind === "delete") {
    const { keepRedeemed } = input as { keepRedeemed: boolean };
    return planDelete(admit(actor, ids, "referrals.delete"), { selection, replaces, keepRedeemed });
  }
  throw new DomainError("conflict", { reason: "operation_unrepeatable" });
}

const unknown = (operationId: string) => new DomainError("not_found", { reason: "operation_unknown", operationId });
