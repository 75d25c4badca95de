import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";

export const statusFilters = ["active", "scheduled", "expired", "used up"] as const;
export const originFilters = ["created", "imported", "api"] as const;
/**
 * `none` was never redeemed, `some` at least once; `usable` has redemptions left, `used up` has none, `nearly used up` one or a
 * fifth of them, of more than one.
 */
export const redemptionWords = ["none", "some", "usable", "nearly used up", "used up"] as const;

/** What a list is ordered by; without a `-` the smallest comes first. Unset dates come last either way. */
export const sortOrders = [
  "-created",
  "created",
  "code",
  "-code",
  "redemptions",
  "-redemptions",
  "validFrom",
  "-validFrom",
  "validUntil",
  "-validUntil",
] as const;
export type SortOrder = (typeof sortOrders)[number];

/** What rows are ordered by, without the direction. */
export type SortKey = "created" | "code" | "redemptions" | "validFrom" | "validUntil";

/** Splits an order into what it is by and whether the largest comes first. */
export function sortOf(order: SortOrder): { key: SortKey; descending: boolean } {
  return { key: order.replace("-", "") as SortKey, descending: order.startsWith("-") };
}

/** A text of fewer characters is searched at the beginning of codes and advocates, a longer one in any place. */
export const searchPartMin = 3;

/** How many values one condition may name. */
export const valuesMax = 100;

/** How many attributes a list can be narrowed by at once. */
export const attributesAskedMax = 20;

/** Whether a filter asks for anything. */
export function narrows(filter: ReferralFilter): boolean {
  const { attributes = {}, ...rest } = filter;
  return Object.values(rest).some((value) => value !== undefined) || Object.keys(attributes).length > 0;
}
