import type { CampaignIds, Scope } from "@/lib/access/scope";
import { type Database, db, Prisma } from "@/lib/db";

/** A code whose redemptions are told differently by its counter, the ledger, or the table that lists them. */
export interface Miscounted {
  referralId: string;
  code: string;
  counter: number;
  ledger: number;
  listed: number;
}

const shown = 20;

/** The codes of a campaign that are miscounted, with their limits; of all codes, or of some. */
export function miscounted(
  database: Database,
  { applicationId, campaignId }: CampaignIds,
  among?: bigint[],
): Promise<(Miscounted & { limit: number })[]> {
  const some = (column: string) => (among ? Prisma.sql`AND ${Prisma.raw(column)} = ANY (${among})` : Prisma.empty);
  return database.$queryRaw`
    SELECT r.id::text AS "referralId", r.code, r.usage_counter AS counter, coalesce(l.n, 0)::int AS ledger,
      coalesce(d.usage_counter, 0) AS listed, r.usage_limit AS limit
    FROM referral r
    LEFT JOIN (SELECT referral_id, sum(amount) AS n FROM redemption
      WHERE application_id = ${applicationId} AND campaign_id = ${campaignId} ${some("referral_id")} GROUP BY 1) l ON l.referral_id = r.id
    LEFT JOIN redeemed d ON d.application_id = ${applicationId} AND d.campaign_id = ${campaignId} AND d.id = r.id
    WHERE r.application_id = ${applicationId} AND r.campaign_id = ${campaignId} ${some("r.id")}
      AND (r.usage_counter, r.usage_counter) IS DISTINCT FROM (coalesce(l.n, 0), coalesce(d.usage_counter, 0))
    ORDER BY r.id`;
}

/**
 * Compares the counters of a campaign's codes with the ledger, whose sums they are. Reads all of both: seconds for a million codes.
 * @returns how many are wrong, 0 in a sound database, and the first of them by id
 */
export async function checkRedemptions({
  ids,
}: Scope<"referrals.read">): Promise<{ wrong: number; rows: Miscounted[] }> {
  const wrong = await miscounted(db, ids);
  return { wrong: wrong.length, rows: wrong.slice(0, shown).map(({ limit: _, ...row }) => row) };
}
