import type { Scope } from "@/lib/access/scope";
import { statusCase } from "@/lib/codes/status-sql";
import { db, type Prisma } from "@/lib/db";

/** What has become of some codes. Each code is in exactly one of the four groups. */
export interface ReferralCounts {
  redemptions: number;
  active: number;
  scheduled: number;
  usedUp: number;
  expired: number;
}

/**
 * Counts the codes of a campaign that meet `condition` by their status at `now`, as `statusOf` tells it. Reads them all, so
 * pages stream it in.
 */
export async function countByStatus(
  { ids }: Scope<"referrals.read">,
  condition: Prisma.Sql,
  now: Date,
): Promise<ReferralCounts> {
  const [row] = await db.$queryRaw<Record<keyof ReferralCounts, bigint>[]>`
    SELECT coalesce(sum(usage_counter), 0)::bigint AS redemptions,
      count(*) FILTER (WHERE status = 'active') AS active,
      count(*) FILTER (WHERE status = 'scheduled') AS scheduled,
      count(*) FILTER (WHERE status = 'used up') AS "usedUp",
      count(*) FILTER (WHERE status = 'expired') AS expired
    FROM (
      SELECT usage_counter, ${statusCase(now)} AS status
      FROM referral r WHERE application_id = ${ids.applicationId} AND campaign_id = ${ids.campaignId} AND ${condition}
    ) codes`;
  const count = (key: keyof ReferralCounts) => Number(row?.[key] ?? 0);
  return {
    redemptions: count("redemptions"),
    active: count("active"),
    scheduled: count("scheduled"),
    usedUp: count("usedUp"),
    expired: count("expired"),
  };
}
