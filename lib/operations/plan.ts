import { recorded } from "@/lib/access/actor";
import type { CampaignIds, Everywhere, Scope } from "@/lib/access/scope";
import { bulkTransaction, db, Prisma, type Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { countEmptied } from "@/lib/operations/emptied";
import { changedMeanwhile } from "@/lib/operations/meanwhile";
import { approvalNeeded } from "@/lib/operations/needs-approval";
import type { OperationSummary, Plan } from "@/lib/operations/rules";
import { emptySummary, inlineLimit } from "@/lib/operations/rules";
import { cellsInput, type OperationEffect, type OperationKind, type Selection } from "@/lib/operations/schema";
import { summarize } from "@/lib/operations/summary";
import type { Stretch } from "@/lib/operations/target";
import { keptSentence } from "@/lib/reasons";
import { wakeWorker } from "@/lib/worker/wake";

/**
 * What a verb would write for a stretch of its selection: a SELECT of `referral_id, code, before, after, kept, refusal`.
 * A row whose `after` is an empty object stays as it is and is only counted.
 */
export type PlannedRows = (stretch: Stretch) => Prisma.Sql;

/** What a planned stretch was found to be; `last` is its highest referral id, null when it was empty. */
interface Counted {
  matched: bigint;
  changed: bigint;
  refused: bigint;
  last: bigint | null;
}

/** Writes the change rows of one stretch, and says what they are. */
export async function writeStretch(
  tx: Transaction,
  applicationId: number,
  operationId: bigint,
  rows: Prisma.Sql,
): Promise<Counted> {
  await countEmptied(tx);
  // Fresh rows have no statistics, and what the planner guesses of them leads to a nested loop over the wrong index.
  await tx.$executeRaw`SET LOCAL enable_nestloop = off`;
  const [counted] = await tx.$queryRaw<[Counted]>`
    WITH target AS MATERIALIZED (${rows}), written AS (
      INSERT INTO change (application_id, operation_id, referral_id, code, before, after, kept, refusal)
      SELECT ${applicationId}, ${operationId}, referral_id, code, before, after, kept, refusal FROM target
      WHERE after IS DISTINCT FROM '{}'::jsonb
      RETURNING refusal
    ), counted AS (SELECT count(*) AS matched, max(referral_id) AS last FROM target)
    SELECT counted.matched, counted.last, count(written.*) FILTER (WHERE refusal IS NULL) AS changed, count(refusal) AS refused
    FROM counted LEFT JOIN written ON true GROUP BY 1, 2`;
  return counted;
}

/** Ends a plan: counts and summary are there, and it can be applied. */
export async function closePlan(
  tx: Transaction,
  scope: CampaignIds,
  id: bigint,
  counts: { matched: number; changed: number; refused: number; same: number },
): Promise<OperationSummary> {
  const summary = await summarize(tx, scope.applicationId, id);
  await tx.operation.update({
    where: { applicationId_id: { applicationId: scope.applicationId, id } },
    data: { ...counts, state: "planned", summary: summary as unknown as Prisma.InputJsonObject },
    select: { id: true },
  });
  return summary;
}

/** What a plan is made of: what was asked for, about how many codes at most, and the rows that it writes. */
export interface PlanRequest {
  kind: OperationKind;
  effect: OperationEffect;
  /** How many codes it is about, at most. */
  size: number;
  selection?: Selection;
  input?: Prisma.InputJsonObject;
  undoesId?: bigint;
  rows: PlannedRows;
}

/** What a form says beside: the plan that this one replaces, and when it read what it shows. */
export interface FormState {
  replaces?: string | null;
  openedAt?: string | null;
}

type Planner = Scope<"referrals.edit"> | Scope<"referrals.delete"> | Scope<"operations.undo">;

async function openPlan(
  tx: Transaction,
  { actor, ids }: Planner,
  request: PlanRequest,
  unattended = false,
): Promise<bigint> {
  const { kind, effect, selection, input, undoesId, size } = request;
  const { id } = await tx.operation.create({
    data: {
      ...ids,
      ...{ kind, effect },
      state: "planning",
      ...recorded(actor),
      selection: selection ?? Prisma.DbNull,
      input: input ?? Prisma.DbNull,
      undoesId: undoesId ?? null,
      total: size,
      unattended,
    },
    select: { id: true },
  });
  return id;
}

/**
 * Makes a plan of up to `inlineLimit` codes in a transaction: an operation in state `planned` whose change rows are exactly what
 * applying it will do and record. Nothing is changed.
 * @throws DomainError `not_found` when it is about no referral
 */
export async function planInside(tx: Transaction, scope: Planner, request: PlanRequest): Promise<Plan> {
  const { kind, effect, rows } = request;
  const { ids } = scope;
  const id = await openPlan(tx, scope, request);
  const counted = await writeStretch(tx, ids.applicationId, id, rows({ after: null, limit: null }));
  const [matched, changed, refused] = [Number(counted.matched), Number(counted.changed), Number(counted.refused)];
  if (matched === 0) {
    throw new DomainError("not_found", { reason: "codes_unknown" });
  }
  const counts = { matched, changed, refused, same: matched - changed - refused };
  const summary = await closePlan(tx, ids, id, counts);
  const approvalAbove = await approvalNeeded(tx, ids, changed);
  return { planId: String(id), kind, effect, ...counts, summary, meanwhile: [], approvalAbove, underway: null };
}

/**
 * Makes a plan, as `planInside` does. One that is about more than `inlineLimit` codes is made in the background: the answer then
 * says how many are being looked at, and `getPlan` gives it when it is there.
 * @throws DomainError `not_found` when it is about no referral
 */
export async function makePlan(scope: Planner, request: PlanRequest, form: FormState): Promise<Plan> {
  const { kind, effect, size, selection } = request;
  const made = await bulkTransaction(async (tx): Promise<Plan> => {
    if (form.replaces) await dropPlan(tx, scope, form.replaces);
    if (size > inlineLimit) {
      const plan = { planId: String(await openPlan(tx, scope, request)), kind, effect };
      const none = { matched: 0, changed: 0, same: 0, refused: 0, summary: emptySummary, meanwhile: [] };
      return { ...plan, ...none, approvalAbove: null, underway: { done: 0, total: size, problem: null } };
    }
    const plan = await planInside(tx, scope, request);
    if (!selection || !form.openedAt) return plan;
    return { ...plan, meanwhile: await changedMeanwhile(tx, scope.ids, selection, form.openedAt) };
  });
  wakeWorker();
  return made;
}

/**
 * Begins an operation that nobody waits for: planned in the background, and applied as soon as it is, without the codes that are refused.
 * The worker finds it once the transaction is over.
 * @throws DomainError `not_found` when it is about no referral
 */
export async function planUnattended(tx: Transaction, scope: Planner, request: PlanRequest): Promise<bigint> {
  if (request.size === 0) throw new DomainError("not_found", { reason: "codes_unknown" });
  return openPlan(tx, scope, request, true);
}

/**
 * What a finished plan of an edit was asked for. The plan itself goes.
 * @throws DomainError `not_found` for a plan that is not kept; `conflict` for one that is still made or changes nothing
 */
export async function takePlan(
  tx: Transaction,
  scope: Scope<"referrals.edit">,
  planId: string,
): Promise<{ selection: Selection; input: unknown; changed: number }> {
  const plan = await tx.operation.findFirst({
    where: { ...scope.ids, id: BigInt(planId), kind: "edit", state: { in: ["planning", "planned"] } },
    select: { state: true, selection: true, input: true, changed: true },
  });
  if (!plan) throw new DomainError("not_found", { reason: "plan_gone" });
  // a file is no instruction that could be planned again at another moment
  if (cellsInput.safeParse(plan.input).success) throw new DomainError("conflict", { reason: "file_not_scheduled" });
  const { state, changed, input } = plan;
  if (state === "planning") throw new DomainError("conflict", { reason: "plan_unfinished" });
  if (changed === 0) throw new DomainError("conflict", { reason: "plan_empty" });
  await dropPlan(tx, scope, planId);
  return { selection: plan.selection as Selection, input, changed };
}

/**
 * A plan of the actor's that is kept: made, or being made in the background. Null when it is not kept any more.
 * @param openedAt when the form read what it shows, to name what others changed since
 */
export async function getPlan(
  { actor, ids }: Scope<"referrals.read">,
  planId: string,
  openedAt: string | null,
): Promise<Plan | null> {
  const operation = await db.operation.findFirst({
    where: {
      ...ids,
      id: BigInt(planId),
      actorKind: actor.kind,
      actorId: actor.id,
      state: { in: ["planning", "planned"] },
    },
  });
  if (!operation) return null;
  const { matched, changed, same, refused, done, total, problem } = operation;
  const selection = operation.selection as Selection | null;
  const planned = operation.state === "planned";
  return {
    planId,
    kind: operation.kind as OperationKind,
    effect: operation.effect as OperationEffect,
    ...{ matched, changed, same, refused },
    summary: (operation.summary as OperationSummary | null) ?? emptySummary,
    meanwhile: planned && selection && openedAt ? await changedMeanwhile(db, ids, selection, openedAt) : [],
    approvalAbove: planned ? await approvalNeeded(db, ids, changed) : null,
    underway: planned ? null : { done, total, problem: keptSentence(problem) },
  };
}

/** Removes the form's previous plan; a large one is removed in the background. */
async function dropPlan(tx: Transaction, { actor, ids }: Scope<"referrals.read">, planId: string): Promise<void> {
  const dropped = Prisma.sql`application_id = ${ids.applicationId} AND campaign_id = ${ids.campaignId}
    AND state IN ('planning', 'planned') AND id = ${BigInt(planId)}
    AND actor_kind = ${actor.kind} AND actor_id = ${actor.id}`;
  await tx.$executeRaw`DELETE FROM operation WHERE ${dropped} AND total <= ${inlineLimit}`;
  await tx.$executeRaw`UPDATE operation SET state = 'dropped' WHERE ${dropped}`;
}

/**
 * Lets the worker remove plans that nobody applied within a day, a few at a time.
 * @returns whether there were any
 */
export async function dropOldPlans(_scope: Scope<"upkeep", Everywhere>): Promise<boolean> {
  const dropped = await db.$executeRaw`
    UPDATE operation SET state = 'dropped' WHERE (application_id, id) IN (
      SELECT application_id, id FROM operation
      WHERE state IN ('planning', 'planned') AND planned < now() - interval '1 day' ORDER BY planned LIMIT 100 FOR UPDATE SKIP LOCKED)`;
  return dropped > 0;
}
