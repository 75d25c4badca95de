import type { CampaignIds, Scope } from "@/lib/access/scope";
import { recordedFields, recordedValue, valueAfter } from "@/lib/codes/sql";
import { db, Prisma } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { makePlan, type PlannedRows, type PlanRequest } from "@/lib/operations/plan";
import { givenBy, madeWith } from "@/lib/operations/record";
import type { Plan } from "@/lib/operations/rules";
import type { OperationEffect } from "@/lib/operations/schema";
import { campaignForWriting } from "@/lib/operations/scope";
import { standing, within } from "@/lib/operations/target";
import { ledgerCount } from "@/lib/redemptions/ledger";

const row = Prisma.sql`r`;

const inverse: Record<OperationEffect, OperationEffect> = { create: "delete", edit: "edit", delete: "create" };

// The bounds let a stretch read one stretch of the table's primary key.
const doneBounds = Prisma.sql`r.id >= (SELECT min(referral_id) FROM done) AND r.id <= (SELECT max(referral_id) FROM done)`;

/** The columns of `change` that an undo writes, for each row the undone operation changed (as `c`). */
const inverseRows: Record<OperationEffect, Prisma.Sql> = {
  // A code made by the operation goes again, unless it was redeemed or edited since.
  create: Prisma.sql`
    SELECT c.referral_id, c.code, to_jsonb(r) AS before, NULL::jsonb AS after, NULL::jsonb AS kept,
      CASE WHEN r.id IS NULL THEN 'gone'
        WHEN r.usage_counter <> coalesce((c.after ->> 'usageCounter')::int, 0) THEN 'redeemed'
        WHEN ${recordedFields(row)} <> ${madeWith(Prisma.sql`c.given`)} - 'usageCounter' THEN 'changed_since' END AS refusal
    FROM done c LEFT JOIN referral r ON r.application_id = c.application_id AND r.id = c.referral_id AND ${doneBounds}`,
  // A field goes back only where it still holds what the operation wrote.
  edit: Prisma.sql`
    SELECT c.referral_id, c.code, f.before, f.after, f.kept,
      CASE WHEN r.id IS NULL THEN 'gone'
        WHEN f.before IS NULL THEN 'changed_since'
        WHEN (f.after ->> 'usageLimit')::int <> 0 AND (f.after ->> 'usageLimit')::int < r.usage_counter THEN 'limit_below_redemptions'
        WHEN ${valueAfter("validFrom", Prisma.sql`f.after`, row)} >= ${valueAfter("validUntil", Prisma.sql`f.after`, row)}
          THEN 'start_not_before_end' END AS refusal
    FROM done c LEFT JOIN referral r ON r.application_id = c.application_id AND r.id = c.referral_id AND ${doneBounds}
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(key, now) FILTER (WHERE now = wrote) AS before,
        jsonb_object_agg(key, coalesce(c.before -> key, 'null')) FILTER (WHERE now = wrote) AS after,
        jsonb_object_agg(key, now) FILTER (WHERE now <> wrote) AS kept
      FROM (SELECT key, value AS wrote, ${recordedValue(row, Prisma.sql`key`)} AS now FROM jsonb_each(c.after)) fields
    ) f`,
  // A deleted code comes back with its id and values, unless the same code was made again.
  delete: Prisma.sql`
    SELECT c.referral_id, c.code, NULL::jsonb AS before,
      ${recordedFields(Prisma.sql`was`)} || jsonb_build_object('usageCounter', ${ledgerCount(Prisma.sql`was.application_id`, Prisma.sql`was.id`)}) AS after, NULL::jsonb AS kept,
      CASE WHEN EXISTS (SELECT FROM referral r WHERE r.application_id = was.application_id
        AND (r.code_key = was.code_key OR r.id = was.id)) THEN 'code_taken' END AS refusal
    FROM done c CROSS JOIN LATERAL jsonb_populate_record(NULL::referral, c.before) was`,
};

/**
 * The rows that undoing an operation writes; `effect` is what that operation did. Where an earlier undoing was cancelled,
 * and stands, only the rows it left.
 */
export function undoneRows(scope: CampaignIds, undoesId: bigint, effect: OperationEffect): PlannedRows {
  return (stretch) => Prisma.sql`
    WITH done AS MATERIALIZED (
      SELECT c.*, ${givenBy(scope.applicationId, undoesId)} AS given FROM change c
      WHERE application_id = ${scope.applicationId} AND operation_id = ${undoesId} AND refusal IS NULL
        AND NOT EXISTS (SELECT FROM change u WHERE u.application_id = ${scope.applicationId} AND u.operation_id = ANY (ARRAY(
            SELECT o.id FROM operation o WHERE o.application_id = ${scope.applicationId} AND o.undoes_id = ${undoesId} AND ${standing(scope.applicationId)}))
          AND u.referral_id = c.referral_id AND u.refusal IS NULL)
        ${within(stretch, Prisma.sql`c.referral_id`)})
    ${inverseRows[effect]}`;
}

/** What the inverse of an operation does to rows, and the reverse. */
export function inverseOf(effect: OperationEffect): OperationEffect {
  return inverse[effect];
}

/**
 * What undoing an applied operation is: an operation itself, undoable in turn. What someone changed since is left and listed.
 * @throws DomainError `not_found`, `conflict` when it was undone already or changed nothing
 */
export async function askedUndo(
  scope: Scope<"operations.undo">,
  { operationId }: { operationId: string },
): Promise<PlanRequest> {
  const { ids } = scope;
  await campaignForWriting(scope);
  const undoesId = BigInt(operationId);
  const undone = await db.operation.findFirst({
    where: { ...ids, id: undoesId, state: "applied" },
    select: { effect: true, changed: true },
  });
  if (!undone) throw new DomainError("not_found", { reason: "operation_unknown", operationId });
  if (undone.changed === 0) throw new DomainError("conflict", { reason: "operation_empty" });
  const earlier = await db.operation.findFirst({
    where: { applicationId: ids.applicationId, undoesId, state: { in: ["running", "applied"] }, cancelled: null },
    select: { id: true },
  });
  if (earlier) throw new DomainError("conflict", { reason: "operation_undone", undoneById: String(earlier.id) });
  const effect = undone.effect as OperationEffect;
  const rows = undoneRows(ids, undoesId, effect);
  return { kind: "undo", effect: inverse[effect], size: undone.changed, undoesId, rows };
}

/**
 * Plans the undoing of an applied operation.
 * @throws DomainError as `askedUndo`
 */
export async function planUndo(
  scope: Scope<"operations.undo">,
  request: { operationId: string; replaces?: string | null },
): Promise<Plan> {
  return makePlan(scope, await askedUndo(scope, request), request);
}
