import { admit, type Scope } from "@/lib/access/scope";
import { bulkTransaction, db, waitedTooLong } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { cellRows } from "@/lib/operations/cells";
import { planDelete } from "@/lib/operations/delete";
import { planEdit } from "@/lib/operations/edit";
import { makePlan } from "@/lib/operations/plan";
import type { Plan } from "@/lib/operations/rules";
import { cellsInput, editChangesField, type OperationKind } from "@/lib/operations/schema";
import { campaignForWriting, mayCarryOut } from "@/lib/operations/scope";
import { leftIds, sizeOf } from "@/lib/operations/target";
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
  const { actor, ids } = scope;
  const operation = await db.operation.findFirst({
    where: { ...ids, id: BigInt(operationId), state: "applied" },
    select: { kind: true, input: true },
  });
  if (!operation) throw unknown(operationId);
  const [{ left }] = await db.$queryRaw<[{ left: boolean }]>`
    SELECT EXISTS (${leftIds(ids, BigInt(operationId))}) AS left`;
  if (!left) throw new DomainError("conflict", { reason: "nothing_left" });
  const selection = { by: "left", operationId } as const;
  const cells = cellsInput.safeParse(operation.input).data;
  if (cells) {
    const editing = admit(actor, ids, "referrals.edit");
    const size = await sizeOf(editing, selection);
    const rows = cellRows(ids, cells, BigInt(operationId));
    return makePlan(editing, { kind: "edit", effect: "edit", size, selection, input: cells, rows }, { replaces });
  }
  if (operation.kind === "edit")
    return planEdit(admit(actor, ids, "referrals.edit"), {
      selection,
      replaces,
      changes: editChangesField.parse(operation.input),
    });
  if (operation.kind === "delete") {
    const { keepRedeemed } = operation.input as { keepRedeemed: boolean };
    return planDelete(admit(actor, ids, "referrals.delete"), { selection, replaces, keepRedeemed });
  }
  throw new DomainError("conflict", { reason: "operation_unrepeatable" });
}

const unknown = (operationId: string) => new DomainError("not_found", { reason: "operation_unknown", operationId });
