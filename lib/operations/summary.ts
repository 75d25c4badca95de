import type { Transaction } from "@/lib/db";
import type { Refusal } from "@/lib/operations/reasons";
import type { FieldValues, OperationSummary, PlannedStep } from "@/lib/operations/rules";

const stepsPerField = 6;

interface StepRow {
  field: string;
  before: unknown;
  after: unknown;
  count: bigint;
  rank: bigint;
  pairs: bigint;
  total: bigint;
}

async function stepsOf(tx: Transaction, applicationId: number, operationId: bigint) {
  const rows = await tx.$queryRaw<StepRow[]>`
    SELECT * FROM (
      SELECT field, before, after, count, row_number() OVER (PARTITION BY field ORDER BY count DESC, after, before) AS rank,
        count(*) OVER (PARTITION BY field) AS pairs, (sum(count) OVER (PARTITION BY field))::bigint AS total
      FROM (
        SELECT f.key AS field, c.before -> f.key AS before, f.value AS after, count(*) AS count
        FROM change c CROSS JOIN LATERAL jsonb_each(c.after) f
        WHERE c.application_id = ${applicationId} AND c.operation_id = ${operationId}
          AND c.refusal IS NULL AND c.before IS NOT NULL
        GROUP BY 1, 2, 3
      ) pairs
    ) ranked WHERE rank <= ${stepsPerField} ORDER BY field, rank`;
  const more: OperationSummary["more"] = {};
  const steps: PlannedStep[] = [];
  for (const row of rows) {
    steps.push({ field: row.field, before: row.before, after: row.after, count: Number(row.count) });
    if (row.pairs > stepsPerField) {
      const rest = more[row.field] ?? { pairs: Number(row.pairs) - stepsPerField, count: Number(row.total) };
      more[row.field] = { ...rest, count: rest.count - Number(row.count) };
    }
  }
  return { steps, more };
}

async function refusalsOf(tx: Transaction, applicationId: number, operationId: bigint) {
  const rows = await tx.$queryRaw<{ refusal: Refusal; count: bigint; codes: string[] }[]>`
    SELECT refusal, count(*) AS count, (array_agg(code ORDER BY referral_id DESC))[1:5] AS codes FROM change
    WHERE application_id = ${applicationId} AND operation_id = ${operationId} AND refusal IS NOT NULL
    GROUP BY refusal ORDER BY 2 DESC`;
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

async function keptOf(tx: Transaction, applicationId: number, operationId: bigint) {
  const rows = await tx.$queryRaw<{ field: string; count: bigint; codes: string[] }[]>`
    SELECT f.key AS field, count(*) AS count, (array_agg(c.code ORDER BY c.referral_id DESC))[1:5] AS codes
    FROM change c CROSS JOIN LATERAL jsonb_each(c.kept) f
    WHERE c.application_id = ${applicationId} AND c.operation_id = ${operationId} AND c.kept IS NOT NULL
    GROUP BY 1 ORDER BY 2 DESC`;
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

async function samplesOf(tx: Transaction, applicationId: number, operationId: bigint) {
  const rows = await tx.$queryRaw<
    { referral_id: bigint; code: string; before: FieldValues | null; after: FieldValues | null }[]
  >`
    SELECT referral_id, code, before, after FROM change
    WHERE application_id = ${applicationId} AND operation_id = ${operationId} AND refusal IS NULL
    ORDER BY referral_id DESC LIMIT 5`;
  return rows.map(({ referral_id, ...row }) => ({ referralId: String(referral_id), ...row }));
}

interface ConsequenceRow {
  codes: bigint;
  redemptions: bigint;
  named: string[] | null;
  revived: bigint;
  ended: bigint;
}

async function consequencesOf(tx: Transaction, applicationId: number, operationId: bigint) {
  const [row] = await tx.$queryRaw<[ConsequenceRow]>`
    SELECT count(*) FILTER (WHERE r.usage_counter > 0) AS codes,
      coalesce(sum(r.usage_counter), 0)::bigint AS redemptions,
      (array_agg(r.code ORDER BY r.usage_counter DESC, r.id) FILTER (WHERE r.usage_counter > 0))[1:20] AS named,
      count(*) FILTER (WHERE c.after ? 'validUntil' AND r.valid_until <= now()
        AND coalesce((c.after ->> 'validUntil')::timestamptz, 'infinity') > now()) AS revived,
      count(*) FILTER (WHERE c.after ? 'validUntil' AND coalesce(r.valid_until, 'infinity') > now()
        AND (c.after ->> 'validUntil')::timestamptz <= now()) AS ended
    FROM change c JOIN referral r ON r.application_id = ${applicationId} AND r.id = c.referral_id
      AND r.id BETWEEN (SELECT min(referral_id) FROM change WHERE application_id = ${applicationId} AND operation_id = ${operationId})
        AND (SELECT max(referral_id) FROM change WHERE application_id = ${applicationId} AND operation_id = ${operationId})
    WHERE c.application_id = ${applicationId} AND c.operation_id = ${operationId} AND c.refusal IS NULL`;
  return {
    redeemed: { codes: Number(row.codes), redemptions: Number(row.redemptions), named: row.named ?? [] },
    revived: Number(row.revived),
    ended: Number(row.ended),
  };
}

/** What became of an operation that left rows it had planned: the parts of its summary that this changes. */
export async function outcomeOf(
  tx: Transaction,
  applicationId: number,
  operationId: bigint,
): Promise<Pick<OperationSummary, "steps" | "more" | "refusals" | "samples">> {
  return {
    ...(await stepsOf(tx, applicationId, operationId)),
    refusals: await refusalsOf(tx, applicationId, operationId),
    samples: await samplesOf(tx, applicationId, operationId),
  };
}

/** Reads a plan's change rows into what people see of it. */
export async function summarize(
  tx: Transaction,
  applicationId: number,
  operationId: bigint,
): Promise<OperationSummary> {
  return {
    ...(await stepsOf(tx, applicationId, operationId)),
    refusals: await refusalsOf(tx, applicationId, operationId),
    samples: await samplesOf(tx, applicationId, operationId),
    ...(await consequencesOf(tx, applicationId, operationId)),
    kept: await keptOf(tx, applicationId, operationId),
  };
}
