import type { Actor } from "@/lib/actor";
import { bulkTransaction, Prisma, type Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import type { Meanwhile, Plan } from "@/lib/operations/rules";
import type { CampaignScope, OperationEffect, OperationKind, Selection } from "@/lib/operations/schema";
import { summarize } from "@/lib/operations/summary";

/** How many referrals a selection matched, and how many of those the plan changes or refuses. */
export interface Counted {
  matched: bigint;
  changed: bigint;
  refused: bigint;
}

/** The referrals a selection stands for, as a condition on `referral r`. Always within the campaign. */
export function selected(scope: CampaignScope, selection: Selection): Prisma.Sql {
  const campaign = Prisma.sql`r.application_id = ${scope.applicationId} AND r.campaign_id = ${scope.campaignId}`;
  return selection.by === "batch"
    ? Prisma.sql`${campaign} AND r.batch_id = ${selection.batchId}`
    : Prisma.sql`${campaign} AND r.id = ANY(${selection.ids.map(BigInt)}::bigint[])`;
}

/**
 * Makes a plan: an operation in state `planned` whose change rows are exactly what applying it will do and record.
 * Nothing is changed. `write` inserts those rows and counts them.
 * @throws DomainError `not_found` when the selection matches no referral
 */
export function makePlan(
  actor: Actor,
  scope: CampaignScope,
  request: {
    kind: OperationKind;
    effect: OperationEffect;
    selection?: Selection;
    input?: Prisma.InputJsonObject;
    undoesId?: bigint;
    replaces?: string | null;
    openedAt?: string | null;
  },
  write: (tx: Transaction, operationId: bigint) => Promise<Counted>,
): Promise<Plan> {
  return bulkTransaction(async (tx) => {
    await dropPlans(tx, actor, scope, request.replaces);
    const { id } = await tx.operation.create({
      data: {
        applicationId: scope.applicationId,
        campaignId: scope.campaignId,
        kind: request.kind,
        effect: request.effect,
        state: "planned",
        actor: actor.id,
        selection: request.selection ?? Prisma.DbNull,
        input: request.input ?? Prisma.DbNull,
        undoesId: request.undoesId ?? null,
      },
      select: { id: true },
    });
    const counted = await write(tx, id);
    const [matched, changed, refused] = [counted.matched, counted.changed, counted.refused].map(Number) as [
      number,
      number,
      number,
    ];
    if (matched === 0) {
      throw new DomainError("not_found", "None of these codes exists any more. Go back to the list and choose again.");
    }
    const summary = await summarize(tx, scope.applicationId, id);
    const counts = { matched, changed, refused, same: matched - changed - refused };
    await tx.operation.update({
      where: { applicationId_id: { applicationId: scope.applicationId, id } },
      data: { ...counts, summary: summary as unknown as Prisma.InputJsonObject },
      select: { id: true },
    });
    const meanwhile =
      request.selection && request.openedAt
        ? await changedMeanwhile(tx, scope, request.selection, request.openedAt)
        : [];
    return { planId: String(id), kind: request.kind, effect: request.effect, ...counts, summary, meanwhile };
  });
}

/** Removes the form's previous plan, and plans nobody applied within a day. */
async function dropPlans(tx: Transaction, actor: Actor, scope: CampaignScope, replaces?: string | null): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM operation
    WHERE application_id = ${scope.applicationId} AND campaign_id = ${scope.campaignId} AND state = 'planned'
      AND ((id = ${replaces ? BigInt(replaces) : null}::bigint AND actor = ${actor.id}) OR planned < now() - interval '1 day')`;
}

/** The operations that others applied to the selected codes since a form was opened, newest first, at most five. */
async function changedMeanwhile(
  tx: Transaction,
  scope: CampaignScope,
  selection: Selection,
  openedAt: string,
): Promise<Meanwhile[]> {
  const rows = await tx.$queryRaw<(Omit<Meanwhile, "operationId" | "codes"> & { id: bigint; codes: bigint })[]>`
    SELECT o.id, o.kind, o.actor, o.applied, count(*) AS codes,
      (array_agg(jsonb_build_object('code', c.code, 'before', c.before, 'after', c.after)))[1] AS example
    FROM operation o JOIN change c ON c.application_id = o.application_id AND c.operation_id = o.id AND c.refusal IS NULL
    JOIN referral r ON r.application_id = c.application_id AND r.id = c.referral_id
    WHERE o.application_id = ${scope.applicationId} AND o.campaign_id = ${scope.campaignId} AND o.state = 'applied'
      AND o.applied > ${openedAt}::timestamptz AND ${selected(scope, selection)}
    GROUP BY o.application_id, o.id ORDER BY o.id DESC LIMIT 5`;
  return rows.map(({ id, codes, ...row }) => ({ operationId: String(id), codes: Number(codes), ...row }));
}
