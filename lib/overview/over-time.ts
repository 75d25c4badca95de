import type { Scope } from "@/lib/access/scope";
import { listDb, Prisma } from "@/lib/db";
import { instantsOf, type OverviewRange } from "@/lib/overview/range";
import { countBetween } from "@/lib/redemptions/tally";

const { sql } = Prisma;

/** What is counted over time. */
export interface Counted {
  codes: number;
  redemptions: number;
}

/** The counts of a range, step by step and in all, each beside those of the time before. */
export interface OverTime {
  steps: { now: Counted; before: Counted }[];
  now: Counted;
  before: Counted;
}

/**
 * Counts the codes of a campaign that were made between bounds and are still there, by which bound they come after (`place`, from 1 on).
 * Reads tallies; where old codes are not in them yet, each code's entry in the index.
 */
function codesBetween({ ids }: Scope<"referrals.read">, bounds: Date[]): Promise<{ place: number; n: number }[]> {
  const edges = sql`${bounds.map((bound) => bound.toISOString())}::timestamptz[]`;
  const [first, last] = [bounds.at(0), bounds.at(-1)];
  const of = (column: Prisma.Sql) => sql`application_id = ${ids.applicationId} AND campaign_id = ${ids.campaignId}
    AND ${column} >= ${first}::timestamptz AND ${column} < ${last}::timestamptz`;
  const tallied = sql`(SELECT tallied FROM campaign WHERE application_id = ${ids.applicationId} AND id = ${ids.campaignId})`;
  return listDb.$queryRaw`
    SELECT place, sum(n)::int AS n FROM (
      SELECT width_bucket(begins, ${edges}) AS place, codes AS n FROM code_tally WHERE ${of(sql`begins`)} AND ${tallied}
      UNION ALL
      SELECT width_bucket(created, ${edges}), 1 FROM referral WHERE ${of(sql`created`)} AND NOT ${tallied}) counted
    GROUP BY 1`;
}

/** Counts a campaign's codes and redemptions over a range, and over the time before. Two statements, of tallies. */
export async function countOverTime(
  scope: Scope<"referrals.read">,
  range: OverviewRange,
  zone: string,
): Promise<OverTime> {
  const { steps } = range;
  const [period, before] = [instantsOf(range.period, zone), instantsOf(range.before, zone)];
  const begins = (which: "period" | "before") => steps.map((step) => instantsOf(step[which], zone).from);
  // the steps before, what lies between the two, the steps
  const bounds = [...begins("before"), before.to, ...begins("period"), period.to];
  const [codes, redemptions] = await Promise.all([
    codesBetween(scope, bounds),
    countBetween(scope, bounds, scope.ids.campaignId),
  ]);
  const placed = (rows: { place: number; n: number }[]) => new Map(rows.map(({ place, n }) => [place, n]));
  const [codesAt, redemptionsAt] = [placed(codes), placed(redemptions)];
  const at = (place: number): Counted => ({
    codes: codesAt.get(place) ?? 0,
    redemptions: redemptionsAt.get(place) ?? 0,
  });
  const counted = steps.map((_, index) => ({ before: at(index + 1), now: at(steps.length + index + 2) }));
  const sum = (of: (step: (typeof counted)[number]) => Counted) =>
    counted.map(of).reduce((a, b) => ({ codes: a.codes + b.codes, redemptions: a.redemptions + b.redemptions }), {
      codes: 0,
      redemptions: 0,
    });
  return { steps: counted, now: sum(({ now }) => now), before: sum((step) => step.before) };
}
