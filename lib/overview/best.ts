import type { Scope } from "@/lib/access/scope";
import { listDb, Prisma } from "@/lib/db";
import { bestOf } from "@/lib/overview/links";
import { newestSince } from "@/lib/redemptions/tally";

/** How many of the best are named. */
const named = 5;

/** An advocate or a batch, and how many redemptions of their codes there were. */
export interface Best {
  /** An Integration ID or a Batch ID. */
  id: string;
  /** What a batch is called; empty where it has no name, and of an advocate. */
  name: string;
  redemptions: number;
}

/** The best of a range. `since` is from when on redemptions were looked at: the range's start, unless it has too many. */
export interface Bests {
  since: Date;
  isWhole: boolean;
  advocates: Best[];
  batches: Best[];
}

/**
 * The advocates and batches whose codes were redeemed most often in a range, of redemptions that count today. Those of many
 * redemptions are told by the newest of them. Two statements.
 */
export async function findBest(scope: Scope<"referrals.read">, range: { from: Date; to: Date }): Promise<Bests> {
  const { applicationId, campaignId } = scope.ids;
  const since = await newestSince(scope, range, bestOf);
  const top = (column: "advocate" | "batch") => Prisma.sql`
    (SELECT ${column} AS of, ${Prisma.raw(column)} AS id, sum(n)::int AS redemptions FROM redeemed
      WHERE ${Prisma.raw(column)} IS NOT NULL GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT ${named})`;
  const rows = await listDb.$queryRaw<({ of: "advocate" | "batch" } & Best)[]>`
    WITH newest AS MATERIALIZED (SELECT d.referral_id, d.advocate_integration_id, count(*) AS n FROM redemption d
      WHERE d.application_id = ${applicationId} AND d.campaign_id = ${campaignId} AND d.amount = 1 AND NOT d.taken_back
        AND d.created >= ${since} AND d.created < ${range.to} GROUP BY 1, 2),
    redeemed AS MATERIALIZED (SELECT coalesce(r.advocate_integration_id, d.advocate_integration_id) AS advocate, r.batch_id AS batch, d.n
      FROM newest d LEFT JOIN LATERAL (SELECT * FROM referral r
        WHERE r.application_id = ${applicationId} AND r.id = d.referral_id OFFSET 0) r ON true)
    SELECT t.*, coalesce((SELECT b.name FROM batch b WHERE t.of = 'batch' AND b.application_id = ${applicationId} AND b.batch_id = t.id), '') AS name
    FROM (${top("advocate")} UNION ALL ${top("batch")}) t ORDER BY redemptions DESC, id`;
  const best = (which: "advocate" | "batch") => rows.filter(({ of }) => of === which).map(({ of: _, ...one }) => one);
  return { since, isWhole: since <= range.from, advocates: best("advocate"), batches: best("batch") };
}
