import type { CampaignIds } from "@/lib/access/scope";
import { attributesBytesMax } from "@/lib/attributes/limits";
import { recordedValue, valueAfter } from "@/lib/codes/sql";
import { Prisma, type Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import type { PlannedRows } from "@/lib/operations/plan";
import type { CellsInput } from "@/lib/operations/schema";
import { leftIds, type Stretch, within } from "@/lib/operations/target";

const row = Prisma.sql`r`;

/** The rows of a file that change a code: `referral_id, code, base, wanted`. */
function fileRows({ applicationId }: CampaignIds, importId: bigint, stretch: Stretch): Prisma.Sql {
  return Prisma.sql`
    SELECT s.referral_id, s.code, s.base, s.recorded AS wanted FROM import_row s
    WHERE s.application_id = ${applicationId} AND s.import_id = ${importId} AND s.referral_id IS NOT NULL
      AND s.problems IS NULL AND s.recorded <> '{}' ${within(stretch, Prisma.sql`s.referral_id`)}`;
}

/** The same of what another such operation left: its own record says what was wanted. */
function leftRows(scope: CampaignIds, operationId: bigint, stretch: Stretch): Prisma.Sql {
  return Prisma.sql`
    SELECT c.referral_id, c.code, c.before AS base, c.after AS wanted FROM change c
    WHERE c.application_id = ${scope.applicationId} AND c.operation_id = ${operationId}
      AND c.referral_id IN (${leftIds(scope, operationId)}) ${within(stretch, Prisma.sql`c.referral_id`)}`;
}

/** Why a code cannot take the values of `d.after`; the same rules as the table's own checks. */
const refusal = Prisma.sql`CASE
  WHEN r.id IS NULL THEN 'gone'
  WHEN NOT d.taken THEN 'changed_since'
  WHEN (d.after ->> 'usageLimit')::int <> 0 AND (d.after ->> 'usageLimit')::int < r.usage_counter THEN 'limit_below_redemptions'
  WHEN octet_length(attributes_after(r.attributes, d.after)::text) > greatest(${attributesBytesMax}::int, octet_length(r.attributes::text))
    THEN 'attributes_too_large'
  WHEN ${valueAfter("validFrom", Prisma.sql`d.after`, row)} >= ${valueAfter("validUntil", Prisma.sql`d.after`, row)}
    THEN 'start_not_before_end'
  WHEN d.after ->> 'friendIntegrationId' = r.advocate_integration_id THEN 'friend_is_advocate' END`;

/**
 * The rows of an edit whose values stand cell by cell: in a file, or in what another such edit left. A cell is compared three ways, as
 * it was (`base`), as it is wanted, and as it is now. What is as wanted stays. What is as it was changes. What is neither was changed by
 * somebody else meanwhile: it is `kept`, or overwritten where that is asked for; a code of which nothing else changes is refused.
 * @param left the operation whose rest is tried again: what is left of it was seen, and is written
 */
export function cellRows(scope: CampaignIds, { importId, conflicts }: CellsInput, left: bigint | null): PlannedRows {
  const { applicationId, campaignId } = scope;
  const overwrites = left !== null || conflicts === "overwrite";
  return (stretch) => Prisma.sql`
    WITH asked AS MATERIALIZED (${left === null ? fileRows(scope, BigInt(importId), stretch) : leftRows(scope, left, stretch)})
    SELECT a.referral_id, a.code, CASE WHEN r.id IS NULL THEN a.base ELSE d.before END AS before,
      CASE WHEN r.id IS NULL THEN a.wanted ELSE d.after END AS after, CASE WHEN r.id IS NULL THEN NULL ELSE d.kept END AS kept, ${refusal} AS refusal
    FROM asked a LEFT JOIN referral r ON r.application_id = ${applicationId} AND r.campaign_id = ${campaignId} AND r.id = a.referral_id
      AND r.id >= (SELECT min(referral_id) FROM asked) AND r.id <= (SELECT max(referral_id) FROM asked)
    CROSS JOIN LATERAL (
      SELECT bool_or(taken) OR NOT bool_or(other) AS taken, jsonb_object_agg(key, now) FILTER (WHERE other AND NOT taken) AS kept,
        coalesce(CASE WHEN bool_or(taken) THEN jsonb_object_agg(key, now) FILTER (WHERE taken)
          ELSE jsonb_object_agg(key, was) FILTER (WHERE other) END, '{}') AS before,
        coalesce(CASE WHEN bool_or(taken) THEN jsonb_object_agg(key, wanted) FILTER (WHERE taken)
          ELSE jsonb_object_agg(key, wanted) FILTER (WHERE other) END, '{}') AS after
      FROM (SELECT key, was, wanted, now, now <> wanted AS other, now <> wanted AND (${overwrites} OR now = was) AS taken
        FROM (SELECT w.key, w.value AS wanted, coalesce(a.base -> w.key, 'null') AS was, ${recordedValue(row, Prisma.sql`w.key`)} AS now
          FROM jsonb_each(a.wanted) w) held) compared
    ) d`;
}

/** How many codes a file changes at most, as far as its rows say. */
export async function countFileRows(tx: Pick<Transaction, "$queryRaw">, scope: CampaignIds, importId: bigint) {
  const [{ count }] = await tx.$queryRaw<[{ count: bigint }]>`
    SELECT count(*) FROM (${fileRows(scope, importId, { after: null, limit: null })}) asked`;
  return Number(count);
}

/**
 * Gives a file to the operation that was made of it, so that it is applied once; the rows that it was made of go, those that were refused stay.
 * @throws DomainError `conflict` when it was applied or discarded meanwhile
 */
export async function giveFile(
  tx: Transaction,
  { applicationId, campaignId }: CampaignIds,
  { importId }: CellsInput,
  operationId: bigint,
): Promise<void> {
  const id = BigInt(importId);
  const given = await tx.import.updateMany({
    where: { applicationId, campaignId, id, operationId: null },
    data: { operationId },
  });
  if (given.count === 0) throw new DomainError("conflict", { reason: "file_gone" });
  await tx.$executeRaw`
    DELETE FROM import_row WHERE application_id = ${applicationId} AND import_id = ${id} AND problems IS NULL`;
}
