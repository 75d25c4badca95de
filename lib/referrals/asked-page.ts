import type { Scope } from "@/lib/access/scope";
import { unknownCampaign } from "@/lib/campaigns/queries";
import { askList, Prisma } from "@/lib/db";
import { type AskedOfCodes, conditionsAsked, matchingAsked } from "@/lib/referrals/list/asked";
import type { FilterScope } from "@/lib/referrals/list/filter/condition";
import { codeContains } from "@/lib/referrals/list/filter/search";
import { firstMeeting } from "@/lib/referrals/list/find";
import { plainWay, type Way, wayFrom } from "@/lib/referrals/list/order";
import { candidateIds, oneAfterTheOther } from "@/lib/referrals/list/walk";
import { type ReferralRow, readRow, referralColumns, type StoredRow } from "@/lib/referrals/rows";

const { sql } = Prisma;

const ways = {
  id: (descending) => plainWay("id", descending),
  created: (descending) => wayFrom(descending ? "-created" : "created", { at: "first" }, "UTC"),
  code: (descending) => wayFrom(descending ? "-code" : "code", { at: "first" }, "UTC"),
  startDate: (descending) => wayFrom(descending ? "-validFrom" : "validFrom", { at: "first" }, "UTC"),
  expiryDate: (descending) => wayFrom(descending ? "-validUntil" : "validUntil", { at: "first" }, "UTC"),
  usageCounter: (descending) => plainWay("usageCounter", descending),
  usageLimit: (descending) => plainWay("usageLimit", descending),
} satisfies Record<string, (descending: boolean) => Way>;

/** What programs order codes by; ties break by id, and codes without a date come last either way. */
export const askedOrders = Object.keys(ways) as (keyof typeof ways)[];

/** Which codes of a campaign are asked for, in which order, and which part of them. */
export interface AskedPage {
  asked: AskedOfCodes;
  order: { by: keyof typeof ways; descending: boolean };
  skip: number;
  size: number;
  /** Whether to count all that match: exactly, which takes its time where no index tells. */
  counted: boolean;
}

/** The ids of a page and of the code after it, in order, as common table expressions of which the last is `shown`. */
function shown(scope: FilterScope, { asked, order, skip, size }: AskedPage): Prisma.Sql {
  const way = ways[order.by](order.descending);
  const conditions = conditionsAsked(scope, asked);
  const text = asked.code === undefined ? null : codeContains(asked.code);
  const part = sql`OFFSET ${skip} LIMIT ${size + 1}`;
  if (!text && conditions.every(({ key }) => key === way.key)) {
    // the order's index tells all of it, and passing over half a million of its entries takes no time to speak of
    const within = conditions.map((one) => one.sql);
    const parts = way.stretches.map((stretch) => candidateIds(scope, stretch, within, null));
    return sql`shown AS MATERIALIZED (SELECT id FROM (${oneAfterTheOther(parts)}) w ${part})`;
  }
  if (order.by === "usageLimit")
    return sql`shown AS MATERIALIZED (SELECT r.id FROM referral r WHERE ${matchingAsked(scope, asked)}
      ORDER BY ${way.stretches[0]?.order} ${part})`;
  return sql`${firstMeeting(scope, conditions, text, way, skip + size + 1)},
    shown AS MATERIALIZED (SELECT id FROM page ORDER BY ${way.order} ${part})`;
}

interface FoundRow extends Omit<StoredRow, "id"> {
  /** Null in the one row of a page that has none. */
  id: string | null;
  total: string | number | null;
}

/**
 * A page of a campaign's codes for a program, by one statement.
 * @returns `total` only where it was to be counted
 * @throws DomainError `not_found` for an unknown campaign, or another application's
 */
export async function pageAsked(
  { ids }: Scope<"referrals.read">,
  page: AskedPage,
): Promise<{ rows: ReferralRow[]; hasMore: boolean; total: number | null }> {
  const scope = { ...ids, zone: "UTC", now: new Date() };
  const { order, size, counted } = page;
  const plain = Object.values(page.asked).every((value) => value === undefined);
  const all = plain
    ? sql`c.referral_count`
    : sql`(SELECT count(*) FROM referral r WHERE ${matchingAsked(scope, page.asked)})`;
  const statement = sql`WITH ${shown(scope, page)}
    SELECT ${counted ? all : sql`NULL`} AS total, ${referralColumns} FROM campaign c
    LEFT JOIN (SELECT row_number() OVER () AS nth, id FROM shown) s ON true
    LEFT JOIN referral r ON r.application_id = ${ids.applicationId} AND r.id = s.id
    WHERE c.application_id = ${ids.applicationId} AND c.id = ${ids.campaignId} ORDER BY s.nth`;
  // what is asked with a filter is planned each time, because which index is best depends on the values
  const name = plain ? `codes-by-${order.by}-${order.descending}-${counted}` : undefined;
  const found = await askList<FoundRow>(statement, name);
  const [first] = found;
  if (!first) throw unknownCampaign(ids);
  const rows = found.flatMap(({ total: _, id, ...row }) => (id === null ? [] : [readRow({ ...row, id })]));
  return {
    rows: rows.slice(0, size),
    hasMore: rows.length > size,
    total: counted ? Number(first.total) : null,
  };
}
