import { type Actor, roleIn } from "@/lib/access/actor";
import type { CampaignIds, Scope } from "@/lib/access/scope";
import { holdAttributes, type UsedAttribute, usedInRows, usedOf } from "@/lib/attributes/held";
import { attributeField } from "@/lib/codes/fields";
import { assignments, writtenColumn } from "@/lib/codes/sql";
import { bulkTransaction, lockingSoon, Prisma, type Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { endRequest } from "@/lib/operations/approval-request";
import { giveFile } from "@/lib/operations/cells";
import { leaveDrifted, type PlannedPart, plannedRows, refuseDrift, sameReferral } from "@/lib/operations/drift";
import { countEmptied } from "@/lib/operations/emptied";
import { refuseUnapproved } from "@/lib/operations/needs-approval";
import { writeRestore } from "@/lib/operations/restore";
import { inlineLimit } from "@/lib/operations/rules";
import { cellsInput, editChangesField, type OperationEffect, type OperationKind } from "@/lib/operations/schema";
import { campaignForWriting, mayCarryOut } from "@/lib/operations/scope";
import { wakeWorker } from "@/lib/worker/wake";

/** An operation that is applied. `repeated` says that this plan had been applied before and nothing was done now. */
export interface AppliedOperation {
  operationId: string;
  kind: OperationKind;
  effect: OperationEffect;
  changed: number;
  refused: number;
  repeated: boolean;
  /** It is applied in the background; counts are then what the plan said. */
  running: boolean;
}

/** A plan as whoever decides about it has it, locked. */
export interface PlannedOperation {
  id: bigint;
  kind: OperationKind;
  effect: OperationEffect;
  state: "planning" | "planned" | "waiting" | "running" | "applied" | "ended" | "dropped";
  changed: number;
  refused: number;
  undoes_id: bigint | null;
  selection: unknown;
  input: unknown;
}

/** The columns that a part's rows say something of. */
async function writtenColumns(tx: Transaction, scope: CampaignIds, part: PlannedPart): Promise<string[]> {
  const columns = await tx.$queryRaw<{ name: string }[]>`
    WITH ${plannedRows(scope, part)}
    SELECT DISTINCT ${writtenColumn(Prisma.sql`field`)} AS name FROM planned c CROSS JOIN LATERAL jsonb_object_keys(c.after) field`;
  return columns.map(({ name }) => name);
}

async function writeEdit(tx: Transaction, scope: CampaignIds, part: PlannedPart): Promise<number> {
  const columns = await writtenColumns(tx, scope, part);
  if (columns.length === 0) return 0; // all of them were left
  return tx.$executeRaw`
    WITH ${plannedRows(scope, part)}
    UPDATE referral r SET ${assignments(columns, Prisma.sql`c.after`)} FROM planned c WHERE ${sameReferral(scope, part)}`;
}

async function writeDelete(tx: Transaction, scope: CampaignIds, operation: PlannedPart): Promise<number> {
  return tx.$executeRaw`
    WITH ${plannedRows(scope, operation)}
    DELETE FROM referral r USING planned c WHERE ${sameReferral(scope, operation)}`;
}

const writes: Record<OperationEffect, typeof writeEdit> = {
  edit: writeEdit,
  delete: writeDelete,
  create: writeRestore,
};

/** Locks a part's referrals in id order, so that operations over the same codes wait for each other and cannot deadlock. */
async function lockPart(tx: Transaction, scope: CampaignIds, part: PlannedPart): Promise<void> {
  await countEmptied(tx);
  // Fresh rows have no statistics, and what the planner guesses of them leads to a nested loop over the wrong index.
  if (part.effect !== "create") await tx.$executeRaw`SET LOCAL enable_nestloop = off`;
  await tx.$executeRaw`
    WITH ${plannedRows(scope, part)}
    SELECT r.id FROM referral r JOIN planned c ON ${sameReferral(scope, part)} ORDER BY r.id FOR UPDATE OF r`;
}

/**
 * Applies a plan in a transaction: exactly its rows, to exactly its values, all or nothing. One of more than `most` rows
 * is left to the worker (see `applyPart`). Applying it again answers with the first result.
 * @param operation the plan, locked
 * @param approved that a second person just approved it; then it stays by who asked. Else the application's setting decides, at this moment
 * @throws DomainError `stale` with `details: { total, rows: Drift[] }` when rows changed since; `conflict`, also where an attribute
 *   that it sets was deleted since; `forbidden` where it needs approval
 */
export async function applyInside(
  tx: Transaction,
  { actor, ids }: { actor: Actor; ids: CampaignIds },
  operation: PlannedOperation,
  { most = inlineLimit, approved = false }: { most?: number; approved?: boolean } = {},
): Promise<AppliedOperation> {
  const { state, kind, effect, changed, refused } = operation;
  const result = { operationId: String(operation.id), kind, effect, changed, refused };
  if (state === "running" || state === "applied") return { ...result, repeated: true, running: state === "running" };
  if (state === "planning") throw new DomainError("conflict", { reason: "plan_unfinished" });
  if (state === "ended") throw new DomainError("conflict", { reason: "plan_over" });
  if (changed === 0) throw new DomainError("conflict", { reason: "plan_empty" });
  if (!approved) {
    await refuseUnapproved(tx, ids, changed);
    if (state === "waiting") await endRequest(tx, { actor, ids }, operation, "unneeded");
  }
  const by = approved ? Prisma.empty : actedBy(ids, actor);
  if (operation.undoes_id !== null) await refuseSecondUndo(tx, ids, operation.undoes_id);
  const cells = operation.selection === null ? cellsInput.safeParse(operation.input).data : undefined;
  await holdAttributes(tx, ids.applicationId, await attributesGiven(tx, ids, operation));
  if (cells) await giveFile(tx, ids, cells, operation.id);
  if (changed > most) {
    await tx.$executeRaw`
      UPDATE operation SET state = 'running', started = clock_timestamp(), total = changed, done = 0, done_to = NULL ${by}
      WHERE application_id = ${ids.applicationId} AND id = ${operation.id}`;
    return { ...result, repeated: false, running: true };
  }
  const part = { ...operation, ...(await boundsOf(tx, ids, operation.id)) };
  await lockingSoon(tx, changed, () => lockPart(tx, ids, part));
  await refuseDrift(tx, ids, part);
  const written = await writes[effect](tx, ids, part);
  if (written !== changed) throw new DomainError("stale", { reason: "codes_changing" });
  await tx.$executeRaw`
    UPDATE operation SET state = 'applied', applied = clock_timestamp() ${by}
    WHERE application_id = ${ids.applicationId} AND id = ${operation.id}`;
  return { ...result, repeated: false, running: false };
}

/**
 * Applies a plan that somebody has seen, as `applyInside` does. What the plan does needs its own permission too.
 * @throws DomainError as `applyInside`; `not_found`; `forbidden`
 */
export async function applyPlan(
  scope: Scope<"operations.run">,
  request: { planId: string },
): Promise<AppliedOperation> {
  await campaignForWriting(scope);
  const applied = await bulkTransaction(async (tx) => {
    const operation = await lockPlan(tx, scope.ids, BigInt(request.planId));
    mayCarryOut(scope, operation.kind);
    return applyInside(tx, scope, operation);
  });
  if (applied.running) wakeWorker();
  return applied;
}

/**
 * Applies one part of a plan that runs in the background. What changed since the plan is left alone, and recorded as refused.
 * @returns how many rows were left
 */
export async function applyPart(tx: Transaction, scope: CampaignIds, part: PlannedPart): Promise<number> {
  const [counted] = await tx.$queryRaw<[{ planned: bigint }]>`
    WITH ${plannedRows(scope, part)} SELECT count(*) AS planned FROM planned`;
  await lockPart(tx, scope, part);
  const left = await leaveDrifted(tx, scope, part);
  const written = await writes[part.effect](tx, scope, part);
  if (written !== Number(counted.planned) - left)
    throw new Error(`${written} of ${counted.planned} rows were written, ${left} left`);
  return left;
}

/** Whoever applies a plan is who it is by: what an UPDATE of it sets besides. */
function actedBy({ applicationId }: CampaignIds, actor: Actor): Prisma.Sql {
  const { kind, id, name, from = null } = actor;
  return Prisma.sql`, actor_kind = ${kind}, actor_id = ${id}, actor_name = ${name}, actor_role = ${roleIn(actor, applicationId)}, actor_from = ${from}`;
}

/** The attributes that an edit gives to codes. Undoing gives back what was there, also of attributes that are gone. */
async function attributesGiven(
  tx: Transaction,
  { applicationId }: CampaignIds,
  { id, effect, undoes_id, input }: PlannedOperation,
): Promise<UsedAttribute[]> {
  if (effect !== "edit" || undoes_id !== null) return [];
  const { success, data } = editChangesField.safeParse(input);
  if (success)
    return usedOf(
      Object.fromEntries(
        Object.entries(data.attributes).flatMap(([name, one]) => (one.do === "set" ? [[name, one.value]] : [])),
      ),
    );
  const prefix = attributeField("");
  return usedInRows(
    tx,
    Prisma.sql`
    SELECT attributes FROM (SELECT (SELECT jsonb_object_agg(substr(key, ${prefix.length + 1}::int), value) FROM jsonb_each(c.after)
        WHERE starts_with(key, ${prefix}) AND value <> 'null') AS attributes FROM change c
      WHERE c.application_id = ${applicationId} AND c.operation_id = ${id} AND c.refusal IS NULL) given WHERE attributes IS NOT NULL`,
  );
}

async function boundsOf(tx: Transaction, scope: CampaignIds, id: bigint): Promise<{ from: bigint; to: bigint }> {
  const [bounds] = await tx.$queryRaw<[{ from: bigint | null; to: bigint | null }]>`
    SELECT min(referral_id) AS from, max(referral_id) AS to FROM change
    WHERE application_id = ${scope.applicationId} AND operation_id = ${id} AND refusal IS NULL`;
  return { from: bounds.from ?? 0n, to: bounds.to ?? 0n };
}

/** @throws DomainError `not_found` for a plan that is not kept */
export async function lockPlan(tx: Transaction, scope: CampaignIds, planId: bigint): Promise<PlannedOperation> {
  const [operation] = await tx.$queryRaw<PlannedOperation[]>`
    SELECT id, kind, effect, state, changed, refused, undoes_id, selection, input FROM operation
    WHERE application_id = ${scope.applicationId} AND campaign_id = ${scope.campaignId} AND id = ${planId}
      AND state <> 'dropped' FOR UPDATE`;
  if (!operation) throw new DomainError("not_found", { reason: "plan_gone" });
  return operation;
}

/** Two undos of one operation take turns on the undone operation's row; the second finds the first. */
async function refuseSecondUndo(tx: Transaction, scope: CampaignIds, undoesId: bigint): Promise<void> {
  const earlier = await undoneBy(tx, scope, undoesId);
  if (earlier !== null) throw new DomainError("conflict", { reason: "operation_undone", undoneById: String(earlier) });
}

/** The undo of an operation that runs or is applied, with that operation's row locked; null where there is none. */
export async function undoneBy(tx: Transaction, scope: CampaignIds, undoesId: bigint): Promise<bigint | null> {
  await tx.$queryRaw`SELECT id FROM operation WHERE application_id = ${scope.applicationId} AND id = ${undoesId} FOR UPDATE`;
  const [earlier] = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT id FROM operation WHERE application_id = ${scope.applicationId} AND undoes_id = ${undoesId} AND state IN ('running', 'applied') AND cancelled IS NULL`;
  return earlier?.id ?? null;
}
