import type { ApplicationIds, Scope } from "@/lib/access/scope";
import type { AttributeValues } from "@/lib/attributes/rules";
import { db, Prisma } from "@/lib/db";
import { DomainError } from "@/lib/errors";

/** All that is stored of a referral and means something outside. */
export interface ReferralRow {
  id: bigint;
  campaignId: number;
  code: string;
  advocateIntegrationId: string;
  friendIntegrationId: string | null;
  usageLimit: number;
  usageCounter: number;
  validFrom: Date | null;
  validUntil: Date | null;
  attributes: AttributeValues;
  batchId: string | null;
  importId: bigint | null;
  created: Date;
}

/** The columns of a `ReferralRow` of a table called `r`. */
export const referralColumns = Prisma.sql`r.id, r.campaign_id AS "campaignId", r.code, r.advocate_integration_id AS "advocateIntegrationId",
  r.friend_integration_id AS "friendIntegrationId", r.usage_limit AS "usageLimit", r.usage_counter AS "usageCounter",
  r.valid_from AS "validFrom", r.valid_until AS "validUntil", r.attributes, r.batch_id AS "batchId", r.import_id AS "importId", r.created`;

/** The same as a connection itself gives it, by which a large integer is text. */
export type StoredRow = Omit<ReferralRow, "id" | "importId"> & {
  id: bigint | string;
  importId: bigint | string | null;
};

export function readRow({ id, importId, ...row }: StoredRow): ReferralRow {
  return { ...row, id: BigInt(id), importId: importId === null ? null : BigInt(importId) };
}

/** The codes that an operation made and that are still there, in the order they were made. */
export function referralsMade({ ids }: Scope<"referrals.read">, operationId: string): Promise<ReferralRow[]> {
  return db.$queryRaw<ReferralRow[]>`
    SELECT ${referralColumns} FROM change c
    JOIN referral r ON r.application_id = c.application_id AND r.id = c.referral_id
    WHERE c.application_id = ${ids.applicationId} AND c.operation_id = ${BigInt(operationId)}
      AND r.application_id = ${ids.applicationId} AND r.campaign_id = ${ids.campaignId}
    ORDER BY r.id`;
}

/** One referral of a campaign; null where there is none. */
export async function referralRow({ ids }: Scope<"referrals.read">, referralId: string): Promise<ReferralRow | null> {
  const [row] = await db.$queryRaw<ReferralRow[]>`
    SELECT ${referralColumns} FROM referral r
    WHERE r.application_id = ${ids.applicationId} AND r.campaign_id = ${ids.campaignId} AND r.id = ${BigInt(referralId)}`;
  return row ?? null;
}

/** The referral of a code under its application's case rule; null where there is none. */
export async function referralByKey(
  { ids }: Scope<"referrals.read", ApplicationIds>,
  codeKey: string,
): Promise<ReferralRow | null> {
  const [row] = await db.$queryRaw<ReferralRow[]>`
    SELECT ${referralColumns} FROM referral r WHERE r.application_id = ${ids.applicationId} AND r.code_key = ${codeKey}`;
  return row ?? null;
}

/** The refusal of anything about a referral that the campaign does not have. */
export function unknownReferral({ ids }: Scope<"referrals.read">, referralId: string): DomainError {
  return new DomainError("not_found", { reason: "referral_unknown", referralId, campaignId: ids.campaignId });
}
