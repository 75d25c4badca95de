import { may } from "@/lib/access/offer";
import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { db, type Prisma } from "@/lib/db";
import { approvalNeeded } from "@/lib/operations/needs-approval";
import type { ApprovalState } from "@/lib/operations/rules";
import type { OperationEffect, OperationKind } from "@/lib/operations/schema";

/** For how many days the list of operations tells of one that ended without it. */
const toldFor = 30;
const listedMost = 200;

/** A request for approval as pages show it. */
export interface Approval {
  state: ApprovalState;
  note: string;
  asked: Date;
  asker: string;
  askerRole: string | null;
  decided: Date | null;
  decider: string | null;
  deciderRole: string | null;
  reason: string;
  /** Whether whoever looks is who asked. */
  own: boolean;
}

/** A request for approval in a list, with what its plan would do. */
export interface ListedApproval extends Approval {
  operationId: string;
  campaignId: number;
  kind: OperationKind;
  effect: OperationEffect;
  changed: number;
  undoesId: string | null;
}

type Row = Prisma.ApprovalGetPayload<object>;

const told = (row: Row, actorId: string): Approval => ({
  state: row.state as ApprovalState,
  ...{ note: row.note, asked: row.asked, asker: row.askedName, askerRole: row.askedRole },
  ...{ decided: row.decided, decider: row.decidedName, deciderRole: row.decidedRole, reason: row.reason },
  own: row.askedKind === "person" && row.askedId === actorId,
});

const planned = { operation: { select: { kind: true, effect: true, changed: true, undoesId: true } } } as const;
type Listed = Prisma.ApprovalGetPayload<{ include: typeof planned }>;

function listed({ operation, ...row }: Listed, actorId: string): ListedApproval {
  const { kind, effect, changed, undoesId } = operation;
  return {
    ...told(row, actorId),
    ...{ operationId: String(row.operationId), campaignId: row.campaignId, changed },
    ...{ kind: kind as OperationKind, effect: effect as OperationEffect },
    undoesId: undoesId === null ? null : String(undoesId),
  };
}

/** The request for approval that a plan waits or waited for; null where there was none. */
export async function approvalOf(
  { actor, ids }: Scope<"referrals.read">,
  operationId: string,
): Promise<Approval | null> {
  const row = await db.approval.findFirst({ where: { ...ids, operationId: BigInt(operationId) } });
  return row && told(row, actor.id);
}

/** Whether a plan of so many codes still needs approval. */
export async function stillNeeded({ ids }: Scope<"referrals.read">, changed: number): Promise<boolean> {
  return (await approvalNeeded(db, ids, changed)) !== null;
}

/** The plans of a campaign that wait for approval, and those that lately ended without it; the newest first. */
export async function listApprovals({ actor, ids }: Scope<"referrals.read">, now: Date): Promise<ListedApproval[]> {
  const since = new Date(now.getTime() - toldFor * 86_400_000);
  const rows = await db.approval.findMany({
    where: { ...ids, OR: [{ state: "waiting" }, { state: { in: ["refused", "undecided"] }, decided: { gt: since } }] },
    orderBy: [{ decided: { sort: "desc", nulls: "first" } }, { asked: "desc" }],
    take: listedMost,
    include: planned,
  });
  return rows.map((row) => listed(row, actor.id));
}

/** The plans of an application that wait for whoever asks to decide, the oldest first, 20 at most; none for who may not. */
export async function listToDecide(scope: Scope<"referrals.read", ApplicationIds>): Promise<ListedApproval[]> {
  const { actor, ids } = scope;
  if (actor.kind !== "person" || !may(scope, "operations.approve")) return [];
  const rows = await db.approval.findMany({
    where: { applicationId: ids.applicationId, state: "waiting", askedId: { not: actor.id } },
    orderBy: { asked: "asc" },
    take: 20,
    include: planned,
  });
  return rows.map((row) => listed(row, actor.id));
}
