import { Prisma } from "@/lib/db";
import { any, type Condition, type FilterScope } from "@/lib/referrals/list/filter/condition";
import type { Stretch, Way } from "@/lib/referrals/list/order";

const { sql, raw } = Prisma;

/** What an index makes of a filter. */
type Known = "exact" | "broad" | "inIndex";

/** How hard the list is looked through. */
export interface Effort
  extends Record<
    Known,
    {
      /** How many candidates the seek looks at before anything is estimated. */
      seek: number;
      /** What gathering one candidate by an index costs, in steps of a walk. */
      gatherCost: number;
    }
  > {
  /** The longer seek before all is gathered. */
  further: {
    /** It looks at so many times as many candidates as would do, if matches lay anywhere. */
    times: number;
    /** It is not tried where it takes more than this part of what gathering costs. */
    part: number;
    /** Nor where the nearest match of the sample is so many times as far as it would be then: matches lie together somewhere. */
    luck: number;
  };
}

export const usualEffort: Effort = {
  /** An index finds just these, so few steps tell whether they are common. */
  exact: { seek: 2_000, gatherCost: 1 },
  /** Ranges and states: an index finds them among many others. */
  broad: { seek: 40_000, gatherCost: 1 },
  /** The searched text stands in the list's own index, which is walked many times as fast as the codes themselves. */
  inIndex: { seek: 10_000, gatherCost: 2.5 },
  further: { times: 16, part: 0.25, luck: 12 },
};

/** Which codes are looked for, on which way, how many of them, and how hard. */
export interface Question {
  scope: FilterScope;
  way: Way;
  limit: number;
  effort: Effort;
}

/** Redeemed codes, told by a table of their own, are looked up one by one, and lie anywhere in the table. */
export const lookedUp = { seek: 5_000, stepCost: 3 };

/** How hard this question is tried, by what the filter offers. */
export function effortOf({ effort, way }: Question, by: Known): Effort[Known] {
  const { seek, gatherCost } = effort[by];
  if (!way.stretches.some(({ table }) => table === "redeemed")) return { seek, gatherCost };
  return { seek: Math.min(seek, lookedUp.seek), gatherCost: gatherCost / lookedUp.stepCost };
}

type Step = "seek" | "done" | "sample" | "choice" | "further" | "reached" | "gathered" | "all";

/** The common table expression of a step. @param name the question's, because a statement may ask two */
export const step = (name: string, of: Step) => raw(`${name}_${of}`);

/** The codes of a campaign, as a condition on `referral r`. */
export const campaignOf = ({ applicationId, campaignId }: FilterScope) =>
  sql`r.application_id = ${applicationId} AND r.campaign_id = ${campaignId}`;

/** Where the codes on the way are, whatever they hold. */
export const onTheWay = ({ scope, way }: Question) => [campaignOf(scope), any(way.stretches.map(({ where }) => where))];

/** A row of `referral r` as candidates are ordered and put together. */
export const placed = ({ way }: Question) => sql`${stretchOf(way)} AS stretch, ${way.place} AS place, r.id`;

/** Which stretch a row is of, where rows are read regardless of it. */
function stretchOf({ stretches: [first, ...more] }: Way): Prisma.Sql {
  return more.length === 0 ? sql`0` : sql`CASE WHEN ${first?.where} THEN 0 ELSE 1 END`;
}

/** Conditions that the order's index answers while it is walked (`within`), and those that each candidate is rechecked by. */
export function split({ key }: Way, conditions: Condition[]) {
  const within = conditions.filter((one) => one.key === key).map((one) => one.sql);
  return { within, recheck: conditions.filter((one) => one.key !== key).map((one) => one.sql) };
}

/** The way for conditions that mean redeemed codes alone: a walk would look at each of the others, and at each redeemed one. */
export function waySuiting(way: Way, conditions: Condition[]): Way {
  const also = conditions.flatMap(({ redeemed }) => redeemed ?? []);
  if (also.length === 0) return way;
  const suiting = (one: Stretch): Stretch => (one.table === "redeemed" ? { ...one, also } : one);
  return {
    ...way,
    stretches: way.stretches.map((one) => (one.unredeemed ? { ...one, where: sql`FALSE` } : suiting(one))),
  };
}
