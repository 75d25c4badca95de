import type { Actor } from "@/lib/access/actor";
import { bulkTransaction, db, waitedTooLong } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { planDelete } from "@/lib/operations/delete";
import { planEdit } from "@/lib/operations/edit";
import { leftIds } from "@/lib/operations/plan";
import type { Plan } from "@/lib/operations/rules";
import { type CampaignScope, editChangesField } from "@/lib/operations/schema";
import { campaignForWriting } from "@/lib/operations/scope";
import { wakeWorker } from "@/lib/operations/worker/wake";

/**
 * Asks a running operation to stop. What it did so far stays, is recorded and can be undone; the rest is left, and listed.
 * Asked again, or when it is over, it does nothing.
 * @throws DomainError `not_found`, `unavailable` when the part that is being written does not end within 20 seconds
 */
export async function cancelOperation(
  actor: Actor,
  request: { scope: CampaignScope; operationId: string },
): Promise<void> {
  const { applicationId, campaignId } = request.scope;
  await campaignForWriting(actor, request.scope);
  const id = BigInt(request.operationId);
  // The worker holds this row while it writes a part: for about a second, longer where the part waits for another creation.
  const asked = await bulkTransaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL lock_timeout = '20s'`;
    return tx.$executeRaw`
      UPDATE operation SET cancelled = coalesce(cancelled, clock_timestamp()), lease_until = least(lease_until, clock_timestamp())
      WHERE application_id = ${applicationId} AND campaign_id = ${campaignId} AND id = ${id} AND state = 'running'`;
  }).catch((error: unknown) => {
    if (!waitedTooLong(error)) throw error;
    throw new DomainError("unavailable", "It is in the middle of a part that takes long. Cancel again in a moment.");
  });
  if (asked === 1) return wakeWorker();
  const over = await db.operation.count({ where: { applicationId, campaignId, id, state: "applied" } });
  if (over === 0) throw new DomainError("not_found", `There is no operation ${request.operationId} in this campaign.`);
}

/**
 * Plans again what an edit or a deletion left alone because it was cancelled or because codes had changed meanwhile.
 * @throws DomainError `not_found`, `conflict` for other operations and when nothing was left
 */
export async function planRetry(
  actor: Actor,
  request: { scope: CampaignScope; operationId: string; replaces?: string | null },
): Promise<Plan> {
  const { scope, operationId, replaces } = request;
  const operation = await db.operation.findFirst({
    where: { ...scope, id: BigInt(operationId), state: "applied" },
    select: { kind: true, input: true },
  });
  if (!operation) throw new DomainError("not_found", `There is no operation ${operationId} in this campaign.`);
  const [{ left }] = await db.$queryRaw<[{ left: boolean }]>`
    SELECT EXISTS (${leftIds(scope, BigInt(operationId))}) AS left`;
  if (!left)
    throw new DomainError(
      "conflict",
      "Nothing is left to try again: this operation, or a later try of it, did it all.",
    );
  const selection = { by: "left", operationId } as const;
  if (operation.kind === "edit")
    return planEdit(actor, { scope, selection, replaces, changes: editChangesField.parse(operation.input) });
  if (operation.kind === "delete") {
    const { keepRedeemed } = operation.input as { keepRedeemed: boolean };
    return planDelete(actor, { scope, selection, replaces, keepRedeemed });
  }
  throw new DomainError(
    "conflict",
    "Only edits and deletions are tried again. Undo this operation, or start a new one.",
  );
}
