import type { Scope } from "@/lib/access/scope";
import { db, Prisma } from "@/lib/db";
import { firstInstant } from "@/lib/zone-sql";

/** How long the steps of a series are, by their names; days and longer ones are those of a zone's clocks. */
export const granularities = ["1 hour", "1 day", "1 week", "1 month", "1 year"] as const;
export type Granularity = (typeof granularities)[number];

const hour = 3_600_000;
const shortest: Record<Granularity, number> = {
  "1 hour": hour,
  "1 day": 23 * hour,
  "1 week": 167 * hour,
  "1 month": 671 * hour,
  "1 year": 8759 * hour,
};
/** How many steps a series has at most. */
export const stepsMax = 10_000;

/** Which part of time a series shows: from its start on, until its end, which is exclusive. */
export interface SeriesRange {
  from: Date;
  to: Date;
  granularity: Granularity;
  zone: string;
}

/** Whether a range has more steps than a series shows. */
export function isTooLong({ from, to, granularity }: Pick<SeriesRange, "from" | "to" | "granularity">): boolean {
  return (to.getTime() - from.getTime()) / shortest[granularity] > stepsMax;
}

/** A step: when it begins, how many redemptions it has that count today, and how many there were until its end. */
export interface SeriesStep {
  begins: Date;
  redemptions: number;
  total: number;
}

/** The redemptions of a campaign in time. Reads its application's ledger once. */
export function redemptionSeries(
  { ids }: Scope<"referrals.read">,
  { from, to, granularity, zone }: SeriesRange,
): Promise<SeriesStep[]> {
  const unit = granularity.slice(2);
  // Hours go on where clocks are turned back; longer steps begin with the clocks' days.
  return db.$queryRaw<SeriesStep[]>`
    WITH asked AS (SELECT ${from}::timestamptz AS begins, ${to}::timestamptz AS ends, ${granularity}::interval AS step),
    steps AS (
      SELECT greatest(begins, CASE WHEN ${unit} = 'hour' THEN date_trunc('hour', begins, ${zone}) + n * step
        ELSE ${firstInstant(Prisma.sql`(date_trunc(${unit}, begins AT TIME ZONE ${zone}) + n * step)`, zone)} END) AS begins, ends
      FROM asked CROSS JOIN generate_series(0, ${stepsMax}::int) n),
    shown AS (SELECT row_number() OVER (ORDER BY begins) AS place, begins FROM steps WHERE begins < ends),
    counted AS (
      SELECT width_bucket(d.created, (SELECT array_agg(begins ORDER BY begins) FROM shown)) AS place, count(*) AS n FROM redemption d
      WHERE d.application_id = ${ids.applicationId} AND d.campaign_id = ${ids.campaignId} AND d.amount = 1 AND NOT d.taken_back
        AND d.created < ${to}::timestamptz GROUP BY 1)
    SELECT s.begins, coalesce(c.n, 0)::int AS redemptions,
      (coalesce((SELECT n FROM counted WHERE place = 0), 0) + sum(coalesce(c.n, 0)) OVER (ORDER BY s.place))::int AS total
    FROM shown s LEFT JOIN counted c ON c.place = s.place ORDER BY s.place`;
}
