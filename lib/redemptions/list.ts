import type { Scope } from "@/lib/access/scope";
import { db, Prisma } from "@/lib/db";

/** A redemption that stands. */
export interface ListedRedemption {
  id: string;
  /** Null where the code was deleted since. */
  referralId: string | null;
  code: string;
  friendIntegrationId: string;
  sessionIntegrationId: string;
  created: Date;
}

/** Which redemptions are asked for: of a range, whose end is exclusive; `before` an id where a page goes on. */
export interface RedemptionPage {
  from: Date;
  to: Date;
  before: string | null;
  size: number;
}

/** The redemptions of a campaign that count today, newest first. Reads the range's part of the ledger. */
export async function listRedemptions(
  { ids: { applicationId, campaignId } }: Scope<"referrals.read">,
  { from, to, before, size }: RedemptionPage,
): Promise<{ rows: ListedRedemption[]; hasMore: boolean }> {
  const after = Prisma.sql`(SELECT b.created FROM redemption b WHERE b.application_id = ${applicationId} AND b.id = ${BigInt(before ?? 0)})`;
  const rows = await db.$queryRaw<ListedRedemption[]>`
    SELECT d.id::text AS id, r.id::text AS "referralId", d.code, d.friend_integration_id AS "friendIntegrationId",
      d.session_integration_id AS "sessionIntegrationId", d.created
    FROM (SELECT * FROM redemption d WHERE d.application_id = ${applicationId} AND d.campaign_id = ${campaignId} AND d.amount = 1
        AND NOT d.taken_back AND d.created >= ${from} AND d.created < ${to}
        ${before === null ? Prisma.empty : Prisma.sql`AND (d.created, d.id) < (${after}, ${BigInt(before)})`}
      ORDER BY d.created DESC, d.id DESC LIMIT ${size + 1}) d
    LEFT JOIN referral r ON r.application_id = ${applicationId} AND r.id = d.referral_id ORDER BY d.created DESC, d.id DESC`;
  return { rows: rows.slice(0, size), hasMore: rows.length > size };
}
