import { z } from "zod";
import type { CampaignIds } from "@/lib/access/scope";
import { attributesBytesMax } from "@/lib/attributes/limits";
import { recordedValue, valueAfter } from "@/lib/codes/sql";
import { Prisma, type Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import type { Drift } from "@/lib/operations/rules";
import type { OperationEffect } from "@/lib/operations/schema";

const driftShown = 20;

/** The part of a plan that one transaction applies: its rows with referral ids from `from` to `to`. */
export interface PlannedPart {
  id: bigint;
  effect: OperationEffect;
  undoes_id: bigint | null;
  /** What the form asked for; null for an undo. */
  input: unknown;
  from: bigint;
  to: bigint;
}

/** The rows this plan changes, as `planned c`; every statement of an apply starts from them. */
export function plannedRows(scope: CampaignIds, { id, undoes_id, from, to }: PlannedPart): Prisma.Sql {
  return Prisma.sql`planned AS (
    SELECT *, ${undoes_id}::bigint AS undoes_id FROM change
    WHERE application_id = ${scope.applicationId} AND operation_id = ${id} AND refusal IS NULL
      AND referral_id BETWEEN ${from} AND ${to})`;
}

// The undone operation holds the deleted referral whole. LIMIT keeps this a look-up by key: fresh rows have no statistics.
export const deletedRow = Prisma.sql`(
    SELECT d.before FROM change d
    WHERE d.application_id = c.application_id AND d.operation_id = c.undoes_id AND d.referral_id = c.referral_id LIMIT 1)`;

/** Joins planned rows with their referrals. The bounds let a part read one stretch of the table's primary key. */
export function sameReferral(scope: CampaignIds, { from, to }: PlannedPart): Prisma.Sql {
  return Prisma.sql`r.application_id = ${scope.applicationId} AND r.id = c.referral_id AND r.id BETWEEN ${from} AND ${to}`;
}

const limitOverrun = Prisma.sql`(c.after ->> 'usageLimit')::int <> 0 AND (c.after ->> 'usageLimit')::int < (r).usage_counter`;
const [row, after] = [Prisma.sql`(r)`, Prisma.sql`c.after`];
const boundsCross = Prisma.sql`${valueAfter("validFrom", after, row)} >= ${valueAfter("validUntil", after, row)}`;
/** A code was given other attributes meanwhile, beside which there is no room for the planned ones. Undoing gives back what was there. */
const attributesOverrun = Prisma.sql`c.undoes_id IS NULL
  AND octet_length((r).attributes::text) + octet_length(c.after::text) > ${attributesBytesMax}::int
  AND octet_length(attributes_after((r).attributes, c.after)::text) > greatest(${attributesBytesMax}::int, octet_length((r).attributes::text))`;
const valueNow = recordedValue(row, Prisma.sql`f.key`);

const conditions = z.object({ onlyUnredeemed: z.boolean().default(false) });

/** That a code `r` no longer meets what the plan's form asked of each: such a code is left as one that never did. */
function unmet({ effect, input }: PlannedPart): Prisma.Sql {
  const onlyUnredeemed = effect === "edit" && input !== null && conditions.parse(input).onlyUnredeemed;
  return onlyUnredeemed ? Prisma.sql`(r).usage_counter > 0` : Prisma.sql`FALSE`;
}

/** Whether a planned row `c` and its referral `r` no longer go together. One look at each row finds those worth a second. */
const drifted: Record<OperationEffect, Prisma.Sql> = {
  edit: Prisma.sql`${limitOverrun} OR ${boundsCross} OR (${attributesOverrun})
    OR EXISTS (SELECT FROM jsonb_each(c.before) f WHERE ${valueNow} <> f.value)`,
  delete: Prisma.sql`to_jsonb(r) <> c.before`,
  create: Prisma.sql`EXISTS (SELECT FROM referral taken WHERE taken.application_id = c.application_id AND taken.id = c.referral_id)
    OR EXISTS (SELECT FROM referral taken WHERE taken.application_id = c.application_id
      AND taken.code_key = (SELECT u.before ->> 'code_key' FROM ${deletedRow} u))`,
};

/** What exactly is different in the rows that drifted, as \`code, field, planned, now\`; a null field is a deleted code, `attributes` how many bytes all of them have. */
const driftRows: Record<OperationEffect, Prisma.Sql> = {
  edit: Prisma.sql`
    SELECT c.code, f.key AS field, f.value AS planned, ${valueNow} AS now
    FROM suspect c CROSS JOIN LATERAL jsonb_each(c.before) f
    WHERE NOT c.gone AND ${valueNow} <> f.value
    UNION ALL SELECT c.code, 'usageCounter', NULL, to_jsonb((r).usage_counter) FROM suspect c WHERE NOT c.gone AND ${limitOverrun}
    UNION ALL SELECT c.code, CASE WHEN c.after ? 'validFrom' THEN 'validUntil' ELSE 'validFrom' END, NULL,
      CASE WHEN c.after ? 'validFrom' THEN to_jsonb((r).valid_until) ELSE to_jsonb((r).valid_from) END
    FROM suspect c WHERE NOT c.gone AND ${boundsCross}
    UNION ALL SELECT c.code, 'attributes', NULL, to_jsonb(octet_length((r).attributes::text))
    FROM suspect c WHERE NOT c.gone AND ${attributesOverrun}`,
  delete: Prisma.sql`
    SELECT c.code, f.key AS field, f.value AS planned, to_jsonb(r) -> f.key AS now
    FROM suspect c CROSS JOIN LATERAL jsonb_each(c.before) f
    WHERE NOT c.gone AND (to_jsonb(r) -> f.key) IS DISTINCT FROM f.value`,
  create: Prisma.sql`SELECT c.code, 'code' AS field, NULL::jsonb AS planned, to_jsonb(c.code) AS now FROM suspect c`,
};

/**
 * Asks every row of a plan again whether it still goes together with its referral.
 * @throws DomainError `stale` with `details: { total, rows: Drift[] }` that names the first that do not
 */
export async function refuseDrift(tx: Transaction, scope: CampaignIds, operation: PlannedPart): Promise<void> {
  const creates = operation.effect === "create";
  const rows = await tx.$queryRaw<(Drift & { total: bigint })[]>`
    WITH ${plannedRows(scope, operation)}, suspect AS (
      SELECT c.*, r, r.id IS NULL AND ${!creates} AS gone
      FROM planned c LEFT JOIN referral r ON ${sameReferral(scope, operation)}
      WHERE ${drifted[operation.effect]} OR ${unmet(operation)} OR (r.id IS NULL AND ${!creates})
    ), drift AS (
      ${driftRows[operation.effect]}
      UNION SELECT c.code, 'usageCounter', NULL, to_jsonb((r).usage_counter) FROM suspect c WHERE NOT c.gone AND ${unmet(operation)}
      UNION ALL SELECT c.code, NULL, NULL::jsonb, NULL::jsonb FROM suspect c WHERE c.gone
    )
    SELECT *, (SELECT count(DISTINCT code) FROM drift) AS total FROM drift ORDER BY code, field LIMIT ${driftShown}`;
  const total = Number(rows[0]?.total ?? 0);
  if (total === 0) return;
  const code = total === 1 ? (rows[0]?.code ?? null) : null;
  throw new DomainError(
    "stale",
    { reason: "codes_changed", count: total, code },
    { details: { total, rows: rows.map(({ total: _, ...drift }) => drift satisfies Drift) } },
  );
}

/**
 * Records the rows of a part that no longer go together with their referrals as refused, so that they are left alone.
 * @returns how many they are
 */
export function leaveDrifted(tx: Transaction, scope: CampaignIds, part: PlannedPart): Promise<number> {
  const creates = part.effect === "create";
  return tx.$executeRaw`
    WITH ${plannedRows(scope, part)}, suspect AS MATERIALIZED (
      SELECT c.referral_id, r.id IS NULL AND ${!creates} AS gone, ${unmet(part)} AS redeemed,
        ${part.effect === "edit" ? attributesOverrun : Prisma.sql`FALSE`} AS large
      FROM planned c LEFT JOIN referral r ON ${sameReferral(scope, part)}
      WHERE ${drifted[part.effect]} OR ${unmet(part)} OR (r.id IS NULL AND ${!creates}))
    UPDATE change t SET refusal = CASE WHEN ${creates} THEN 'code_taken' WHEN s.gone THEN 'gone' WHEN s.redeemed THEN 'redeemed'
      WHEN s.large THEN 'attributes_too_large' ELSE 'changed_since' END
    FROM suspect s
    WHERE t.application_id = ${scope.applicationId} AND t.operation_id = ${part.id} AND t.referral_id = s.referral_id
      AND t.referral_id BETWEEN ${part.from} AND ${part.to}`;
}
