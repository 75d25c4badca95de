import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { instantsOf, laterDay } from "@/lib/overview/range";
import { countBetween } from "@/lib/redemptions/tally";
import { toWall } from "@/lib/zone";

/** How many days a trend has; the last one is today. */
export const trendDays = 30;

/** The redemptions of a campaign day by day, and of which range they are. */
export interface Trend {
  days: number[];
  total: number;
}

/** The trends of all campaigns of an application that had a redemption, by their ids, and the range they are of. One statement. */
export async function redemptionTrends(
  scope: Scope<"referrals.read", ApplicationIds>,
  now: Date,
  zone: string,
): Promise<{ from: Date; to: Date; trends: Map<number, Trend> }> {
  const today = toWall(now, zone).toISOString().slice(0, 10);
  const days = Array.from({ length: trendDays }, (_, index) => laterDay(today, index + 1 - trendDays));
  const bounds = [...days, laterDay(today, 1)].map((day) => instantsOf({ from: day, to: day }, zone).from);
  const trends = new Map<number, Trend>();
  for (const { campaignId, place, n } of await countBetween(scope, bounds)) {
    const trend = trends.get(campaignId) ?? { days: days.map(() => 0), total: 0 };
    trend.days[place - 1] = n;
    trend.total += n;
    trends.set(campaignId, trend);
  }
  return { from: bounds[0] ?? now, to: bounds.at(-1) ?? now, trends };
}
