import type { Actor } from "@/lib/access/actor";
import type { CampaignIds, Scope } from "@/lib/access/scope";
import { bulkTransaction, type Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { type AppliedOperation, applyInside, lockPlan, type PlannedOperation } from "@/lib/operations/apply";
import { type ApprovalRequest, endRequest, requestOf, waitForApproval } from "@/lib/operations/approval-request";
import { approvalNeeded } from "@/lib/operations/needs-approval";
import { campaignForWriting, mayCarryOut } from "@/lib/operations/scope";
import { wakeWorker } from "@/lib/worker/wake";

/**
 * Asks for the approval of a plan that needs it. The plan stays as it is until somebody else decides, for 14 days at most. Asked again, it does nothing.
 * @throws DomainError `not_found`; `forbidden` for a program; `conflict` for one that is still made, changes nothing, was decided, or needs no approval
 */
export async function askApproval(
  scope: Scope<"operations.run">,
  { planId, note }: { planId: string; note: string },
): Promise<{ operationId: string }> {
  await campaignForWriting(scope);
  refusePrograms(scope.actor);
  return bulkTransaction(async (tx) => {
    const operation = await lockPlan(tx, scope.ids, BigInt(planId));
    mayCarryOut(scope, operation.kind);
    const { state, changed } = operation;
    if (state === "planning") throw new DomainError("conflict", { reason: "plan_unfinished" });
    if (state !== "planned" && state !== "waiting") throw new DomainError("conflict", { reason: "plan_over" });
    if (changed === 0) throw new DomainError("conflict", { reason: "plan_empty" });
    if (state === "waiting") {
      const { askedId } = await requestOf(tx, scope.ids, operation.id);
      if (askedId !== scope.actor.id) throw new DomainError("conflict", { reason: "plan_over" });
      return { operationId: planId };
    }
    if ((await approvalNeeded(tx, scope.ids, changed)) === null)
      throw new DomainError("conflict", { reason: "approval_unneeded" }, { details: { approvalAbove: null } });
    await waitForApproval(tx, scope, operation, note);
    return { operationId: planId };
  });
}

/**
 * Approves a plan that somebody else asked for, and applies it as `applyPlan` does. Nobody decides twice: the first who presses does.
 * @throws DomainError as `applyInside`; `forbidden` for who asked and for programs; `conflict` where it was decided
 */
export async function approvePlan(
  scope: Scope<"operations.approve">,
  { operationId }: { operationId: string },
): Promise<AppliedOperation> {
  await campaignForWriting(scope);
  const applied = await bulkTransaction(async (tx) => {
    const { operation, request } = await lockRequest(tx, scope.ids, operationId);
    mayDecide(scope, operation, request);
    const mine = request.state === "approved" && request.decidedId === scope.actor.id;
    if (!mine) await endRequest(tx, scope, operation, "approved");
    return applyInside(tx, scope, operation, { approved: true });
  });
  if (applied.running) wakeWorker();
  return applied;
}

/**
 * Refuses a plan that somebody else asked for: it is never applied, and stays on record.
 * @throws DomainError `forbidden` for who asked and for programs; `conflict` where it was decided
 */
export async function refusePlan(
  scope: Scope<"operations.approve">,
  { operationId, reason }: { operationId: string; reason: string },
): Promise<void> {
  await campaignForWriting(scope);
  await bulkTransaction(async (tx) => {
    const { operation, request } = await lockRequest(tx, scope.ids, operationId);
    mayDecide(scope, operation, request);
    await endRequest(tx, scope, operation, "refused", reason);
  });
}

/**
 * Takes one's own request for approval back; the plan is never applied.
 * @throws DomainError `forbidden` for who did not ask; `conflict` where it was decided
 */
export async function withdrawPlan(
  scope: Scope<"operations.run">,
  { operationId }: { operationId: string },
): Promise<void> {
  await bulkTransaction(async (tx) => {
    const { operation, request } = await lockRequest(tx, scope.ids, operationId);
    if (!isAsker(scope.actor, request))
      throw new DomainError("forbidden", { reason: "approval_others", name: request.askedName });
    await endRequest(tx, scope, operation, "withdrawn");
  });
}

/** Whoever decides, withdraws or applies takes turns on the operation's row: exactly one of them finds that it waits. */
async function lockRequest(tx: Transaction, ids: CampaignIds, operationId: string) {
  const operation = await lockPlan(tx, ids, BigInt(operationId));
  return { operation, request: await requestOf(tx, ids, operation.id) };
}

const isAsker = (actor: Actor, { askedKind, askedId }: ApprovalRequest) =>
  actor.kind === askedKind && actor.id === askedId;

function refusePrograms({ kind }: Actor): void {
  if (kind !== "person") throw new DomainError("forbidden", { reason: "approval_person" });
}

/** @throws DomainError `forbidden` for programs, for who asked, and for who may not do what the plan does */
function mayDecide(scope: Scope<"operations.approve">, { kind }: PlannedOperation, request: ApprovalRequest): void {
  refusePrograms(scope.actor);
  if (isAsker(scope.actor, request)) throw new DomainError("forbidden", { reason: "approval_own" });
  mayCarryOut(scope, kind);
}
