import type { CampaignIds } from "@/lib/access/scope";
import { instantsOf, laterDay, type Period } from "@/lib/overview/range";
import { redemptionsHref } from "@/lib/redemptions/search-params";
import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";
import type { SortOrder } from "@/lib/referrals/list/filter/terms";
import { filterTexts } from "@/lib/referrals/list/filter/text";
import { referralPaths } from "@/lib/referrals/list/search-params";
import { toWall } from "@/lib/zone";

/** Up to how many redemptions are looked at to tell the best: the newest ones of a range. */
export const bestOf = 10_000;

/** Codes that are worth a look: what is said of one and of several, and which those are. The same filter counts them and leads to them. */
export interface Attention {
  key: "week" | "month" | "nearly";
  said: { one: string; many: string };
  filter: ReferralFilter;
  sort: SortOrder;
}

/** The codes of a campaign that expire soon though they could still be redeemed, and those that are nearly used up. */
export function attentions(now: Date, zone: string): Attention[] {
  const today = toWall(now, zone).toISOString().slice(0, 10);
  const expiring = (days: number): Pick<Attention, "filter" | "sort"> => ({
    filter: { status: ["active", "scheduled"], validUntil: { from: today, to: laterDay(today, days) } },
    sort: "validUntil",
  });
  const expire = (days: number) => ({
    one: `code expires within ${days} days`,
    many: `codes expire within ${days} days`,
  });
  return [
    { key: "week", said: expire(7), ...expiring(7) },
    { key: "month", said: expire(30), ...expiring(30) },
    {
      key: "nearly",
      said: { one: "code is nearly used up", many: "codes are nearly used up" },
      filter: { status: ["active", "scheduled"], redemptions: "nearly used up" },
      sort: "-redemptions",
    },
  ];
}

/** Where the codes and redemptions behind the figures of a campaign's overview are. */
export function overviewLinks(ids: CampaignIds, zone: string) {
  const paths = referralPaths(ids);
  const campaign = `/applications/${ids.applicationId}/campaigns/${ids.campaignId}`;
  return {
    codes: (filter: ReferralFilter, sort: SortOrder = "-created") => paths.list({ ...filterTexts(filter), sort }),
    made: (period: Period) => paths.list(filterTexts({ created: period })),
    redeemed: (period: Period) => redemptionsHref(campaign, instantsOf(period, zone)),
    redemptions: (range: { from: Date; to: Date; advocate?: string; batch?: string }) =>
      redemptionsHref(campaign, range),
    batch: paths.batch,
    advocate: (advocate: string) => paths.list(filterTexts({ advocate: { is: advocate } })),
    operation: paths.operation,
    csv: (query: string) => `${campaign}/over-time${query && `?${query}`}`,
    page: (query: string) => `${campaign}${query && `?${query}`}`,
  };
}
