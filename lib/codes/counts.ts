import type { Scope } from "@/lib/access/scope";
import { statusCase } from "@/lib/codes/status-sql";
import { db, listDb, type Prisma } from "@/lib/db";

/** What has become of some codes. Each code is in exactly one of the four groups. */
export interface StatusCounts {
  active: number;
  scheduled: number;
  usedUp: number;
  expired: number;
}

/** The same, and how often they were redeemed. */
export interface ReferralCounts extends StatusCounts {
  redemptions: number;
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

/**
 * Counts all codes of a campaign by their status at `now`. Reads indexes alone: those that have ended, those that have not begun, and
 * those that are used up; the others are active.
 */
export async function countStatuses({ ids }: Scope<"referrals.read">, now: Date): Promise<StatusCounts> {
  const [row] = await listDb.$queryRaw<
    Record<"codes" | "ended" | "endedFull" | "ahead" | "aheadFull" | "full", number>[]
  >`
    WITH used AS MATERIALIZED (SELECT id FROM redeemed WHERE application_id = ${ids.applicationId} AND campaign_id = ${ids.campaignId} AND used_up)
    SELECT c.referral_count AS codes, e.n AS ended, e.full AS "endedFull", a.n AS ahead, a.full AS "aheadFull",
      (SELECT count(*)::int FROM used) AS full
    FROM campaign c,
      (SELECT count(*)::int AS n, count(u.id)::int AS full FROM referral r LEFT JOIN used u ON u.id = r.id
        WHERE r.application_id = ${ids.applicationId} AND r.campaign_id = ${ids.campaignId} AND r.valid_until <= ${now}) e,
      (SELECT count(*)::int AS n, count(u.id)::int AS full FROM referral r LEFT JOIN used u ON u.id = r.id
        WHERE r.application_id = ${ids.applicationId} AND r.campaign_id = ${ids.campaignId} AND r.valid_from > ${now}) a
    WHERE c.application_id = ${ids.applicationId} AND c.id = ${ids.campaignId}`;
  if (!row) return { active: 0, scheduled: 0, usedUp: 0, expired: 0 };
  const [scheduled, usedUp] = [row.ahead - row.aheadFull, row.full - row.endedFull];
  return { active: row.codes - row.ended - scheduled - usedUp, scheduled, usedUp, expired: row.ended };
}
