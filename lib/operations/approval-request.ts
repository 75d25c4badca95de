import { type Actor, recorded, roleIn, worker } from "@/lib/access/actor";
import { audit } from "@/lib/access/audit";
import type { AuditEvent } from "@/lib/access/audit-events";
import { recordedActor } from "@/lib/access/recorded-actor";
import type { CampaignIds, Everywhere, Scope } from "@/lib/access/scope";
import { bulkTransaction, type Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { formatCount } from "@/lib/format";
import { approvalNeeded } from "@/lib/operations/needs-approval";
import { type ApprovalEnding, waitsFor } from "@/lib/operations/rules";
import type { OperationKind } from "@/lib/operations/schema";

/** How the audit calls the ends of a request for approval. */
const endings: Record<ApprovalEnding, AuditEvent> = {
  approved: "change_approved",
  refused: "approval_refused",
  withdrawn: "approval_withdrawn",
  undecided: "approval_undecided",
  unneeded: "approval_unneeded",
};

/** Who acts, and where. */
type Acting = { actor: Actor; ids: CampaignIds };

/** The plan that a request is about; whoever asks, decides or applies has its row locked. */
interface AskedPlan {
  id: bigint;
  kind: OperationKind;
  changed: number;
}

/** What the audit calls the change that approval is about. */
const subjectOf = ({ id, kind, changed }: AskedPlan) => `operation ${id}: ${kind}, ${formatCount(changed, "code")}`;

/** A request for approval, as it is kept. */
export type ApprovalRequest = Awaited<ReturnType<typeof requestOf>>;

/** @throws DomainError `not_found` for an operation that nobody asked approval for */
export async function requestOf(tx: Transaction, { applicationId, campaignId }: CampaignIds, operationId: bigint) {
  const found = await tx.approval.findFirst({ where: { applicationId, campaignId, operationId } });
  if (!found) throw new DomainError("not_found", { reason: "approval_unknown" });
  return found;
}

/** Has a finished plan, locked, wait for approval: exactly its rows are what is approved. Who asks is who it is by. */
export async function waitForApproval(
  tx: Transaction,
  { actor, ids }: Acting,
  operation: AskedPlan,
  note: string,
): Promise<void> {
  const { actorKind, actorId, actorName } = recorded(actor);
  const by = { role: roleIn(actor, ids.applicationId), from: actor.from ?? null };
  await tx.operation.update({
    where: { applicationId_id: { applicationId: ids.applicationId, id: operation.id } },
    data: { state: "waiting", actorKind, actorId, actorName, actorRole: by.role, actorFrom: by.from },
    select: { id: true },
  });
  const asked = { askedKind: actorKind, askedId: actorId, askedName: actorName, askedRole: by.role };
  await tx.approval.create({ data: { ...ids, operationId: operation.id, note, ...asked }, select: { state: true } });
  const after = { operationId: String(operation.id), ...(note !== "" && { note }) };
  await audit(tx, { actor, ids }, { event: "approval_asked", subject: subjectOf(operation), after });
}

/**
 * Ends a request for approval, with its plan locked: writes down who did, and what they say. All but an approved one ends with it.
 * @throws DomainError `conflict` where it was decided
 */
export async function endRequest(
  tx: Transaction,
  { actor, ids }: Acting,
  operation: AskedPlan,
  state: ApprovalEnding,
  reason = "",
): Promise<void> {
  const { applicationId } = ids;
  const { actorKind, actorId, actorName } = recorded(actor);
  const decided = { decidedKind: actorKind, decidedId: actorId, decidedName: actorName };
  const { count } = await tx.approval.updateMany({
    where: { applicationId, operationId: operation.id, state: "waiting" },
    data: { state, reason, decided: new Date(), ...decided, decidedRole: roleIn(actor, applicationId) },
  });
  if (count === 0) {
    const { state: was, decidedName: name } = await requestOf(tx, ids, operation.id);
    throw new DomainError("conflict", { reason: "approval_decided", state: was as ApprovalEnding, name: name ?? "" });
  }
  if (state !== "approved" && state !== "unneeded")
    await tx.$executeRaw`UPDATE operation SET state = 'ended' WHERE application_id = ${applicationId} AND id = ${operation.id}`;
  const after = { operationId: String(operation.id), ...(reason !== "" && { reason }) };
  await audit(tx, { actor, ids }, { event: endings[state], subject: subjectOf(operation), after });
}

/** Has a plan that nobody waits for wait for approval where it needs that; who it is by asks. @returns whether it waits */
export async function holdUnattended(tx: Transaction, ids: CampaignIds, id: bigint): Promise<boolean> {
  const where = { applicationId_id: { applicationId: ids.applicationId, id } };
  const { kind, changed, ...by } = await tx.operation.findUniqueOrThrow({
    where,
    select: { kind: true, changed: true, actorKind: true, actorId: true, actorName: true },
  });
  if ((await approvalNeeded(tx, ids, changed)) === null) return false;
  const { actorKind: actor_kind, actorId: actor_id, actorName: actor_name } = by;
  const actor = await recordedActor(tx, { application_id: ids.applicationId, actor_kind, actor_id, actor_name });
  await waitForApproval(tx, { actor, ids }, { id, kind: kind as OperationKind, changed }, "");
  return true;
}

/**
 * Ends the oldest request for approval that nobody decided for 14 days, on record. For the worker.
 * @returns whether there was one
 */
export async function endUndecided(_scope: Scope<"upkeep", Everywhere>): Promise<boolean> {
  return bulkTransaction(async (tx) => {
    const [old] = await tx.$queryRaw<
      { applicationId: number; campaignId: number; id: bigint; kind: OperationKind; changed: number }[]
    >`
      SELECT o.application_id AS "applicationId", o.campaign_id AS "campaignId", o.id, o.kind, o.changed
      FROM approval a JOIN operation o ON o.application_id = a.application_id AND o.id = a.operation_id
      WHERE a.state = 'waiting' AND o.state = 'waiting' AND a.asked < now() - make_interval(days => ${waitsFor}::int)
      ORDER BY a.asked LIMIT 1 FOR UPDATE OF o SKIP LOCKED`;
    if (!old) return false;
    const { applicationId, campaignId, ...operation } = old;
    await endRequest(tx, { actor: worker, ids: { applicationId, campaignId } }, operation, "undecided");
    return true;
  });
}
