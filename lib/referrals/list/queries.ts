import type { CampaignIds, Scope } from "@/lib/access/scope";
import type { AttributeValues } from "@/lib/attributes/rules";
import { listDb, Prisma } from "@/lib/db";
import { countCap, countingOrder, countMatches } from "@/lib/referrals/list/count";
import type { FilterScope } from "@/lib/referrals/list/filter/condition";
import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";
import { narrows, type SortOrder } from "@/lib/referrals/list/filter/terms";
import { firstMatches } from "@/lib/referrals/list/find";
import { cursorOf, wayFrom } from "@/lib/referrals/list/order";
import type { ListPage } from "@/lib/referrals/list/search-params";

/** A row of the referrals list. */
export interface ReferralRow {
  id: bigint;
  code: string;
  advocate: string;
  friend: string | null;
  usageLimit: number;
  usageCounter: number;
  validFrom: Date | null;
  validUntil: Date | null;
  attributes: AttributeValues;
  batchId: string | null;
  /** What the batch is called; null where it has no name. */
  batchName: string | null;
  origin: string;
  created: Date;
}

/** Which codes are asked for, and in which order. Statuses are those at `now`, days those of `zone`. */
export interface ListQuestion {
  filter: ReferralFilter;
  sort: SortOrder;
  zone: string;
  now: Date;
}

export interface ReferralPage {
  rows: ReferralRow[];
  /** The page that is shown: the nearest one where the codes that were asked for are gone. */
  page: ListPage;
  hasPrevious: boolean;
  hasNext: boolean;
}

/** The page of a list that nothing can be in. */
export const noReferrals: ReferralPage = { rows: [], page: { at: "first" }, hasPrevious: false, hasNext: false };

/**
 * A number of codes. `about` is rounded to the digits that a sample vouches for, `over` is how many are known where even a
 * sample does not tell.
 */
export interface Tally {
  count: number;
  is: "exact" | "about" | "over";
}

/**
 * Counts beside a list: all codes in it, those before the page's first row, and, where `before` is not exact, those behind its
 * last row if that is; null where nothing is known.
 */
export interface ReferralCount {
  total: Tally;
  before: Tally | null;
  after: number | null;
}

const columns = Prisma.sql`
  r.id, r.code, r.advocate_integration_id AS advocate, r.friend_integration_id AS friend, r.usage_limit AS "usageLimit",
  r.usage_counter AS "usageCounter", r.valid_from AS "validFrom", r.valid_until AS "validUntil", r.attributes,
  r.batch_id AS "batchId", (SELECT nullif(b.name, '') FROM batch b WHERE b.application_id = r.application_id AND b.batch_id = r.batch_id) AS "batchName",
  r.origin, r.created`;

async function readPage(scope: FilterScope, asked: ListQuestion, page: ListPage, size: number): Promise<ReferralPage> {
  const way = wayFrom(asked.sort, page, scope.zone);
  // one more than fits tells whether there are others
  const found = await listDb.$queryRaw<ReferralRow[]>`
    WITH ${firstMatches(scope, asked.filter, way, size + 1)}
    SELECT ${columns} FROM page JOIN referral r ON r.application_id = ${scope.applicationId} AND r.id = page.id
    ORDER BY ${way.order}`;
  const more = found.length > size;
  const rows = found.slice(0, size);
  if (way.backwards) rows.reverse();
  return {
    rows,
    page,
    hasPrevious: way.backwards ? more : page.at !== "first",
    hasNext: way.backwards ? page.at !== "last" : more,
  };
}

/**
 * One page of a campaign's referrals. One statement; a second one where the codes beside the cursor are gone, because then
 * it is the nearest whole page, and for a day, before which there may be no codes.
 */
export async function listReferrals(
  { ids }: Scope<"referrals.read">,
  asked: ListQuestion,
  page: ListPage,
  size: number,
): Promise<ReferralPage> {
  const within = { ...ids, zone: asked.zone, now: asked.now };
  const shown = await readPage(within, asked, page, size);
  if (page.at === "before" && !shown.hasPrevious && shown.rows.length < size)
    return readPage(within, asked, { at: "first" }, size);
  if ((page.at === "after" || page.at === "day") && shown.rows.length === 0)
    return readPage(within, asked, { at: "last" }, size);
  const [first] = shown.rows;
  if (page.at === "day" && first) {
    const before = await readPage(within, asked, { at: "before", cursor: cursorOf(first, asked.sort) }, 1);
    return { ...shown, hasPrevious: before.rows.length > 0 };
  }
  return shown;
}

/** What `countMatches` tells. */
interface Counted {
  n: number;
  more: boolean;
  about: number | null;
  hits: number;
}

const known = (count: number) => Prisma.sql`SELECT ${count}::int AS n, false AS more, NULL::int AS about, 0 AS hits`;
const exactly = (count: number): Tally => ({ count, is: "exact" });

async function countBoth(total: Prisma.Sql, before: Prisma.Sql): Promise<[Counted, Counted]> {
  const rows = await listDb.$queryRaw<Counted[]>`
    SELECT t.* FROM (${total}) t UNION ALL SELECT b.* FROM (${before}) b`;
  const [first, second] = rows;
  if (!first || !second) throw new Error("a count has one row");
  return [first, second];
}

/** @param least how many there are for certain */
function tally({ n, more, about, hits }: Counted, least: number): Tally {
  if (!more) return exactly(Math.max(n, least));
  if (about === null || hits < 4 || about < least) return { count: Math.max(n, least), is: "over" };
  return { count: Number(about.toPrecision(hits < 25 ? 1 : 2)), is: "about" };
}

/**
 * How many codes a list has in all, and before the page that is shown. One statement, beside the page's own where the first or
 * last page is asked for; a second where the page is far from the first and may be near
 * the last. What the page itself tells is not counted, what a
 * campaign or batch counts of itself is read; beyond `countCap` it is a guess by a sample that says so.
 * @param page the page that was asked for; @param showing `listReferrals` of it
 */
export async function countReferrals(
  { ids }: Scope<"referrals.read">,
  asked: ListQuestion,
  page: ListPage,
  showing: Promise<ReferralPage>,
): Promise<ReferralCount> {
  const within = { ...ids, zone: asked.zone, now: asked.now };
  const counted = (from: ListPage) => {
    const order = from.at === "first" ? countingOrder(within, asked.filter) : null; // all of them, in whatever order
    return countMatches(within, asked.filter, wayFrom(order ?? asked.sort, from, asked.zone));
  };
  const kept = keptCount(ids, asked.filter);
  const atEdge = kept === null && (page.at === "first" || page.at === "last");
  const beside = atEdge ? countBoth(counted({ at: "first" }), known(0)) : null;
  beside?.catch(() => undefined); // nobody waits for it where the page tells all
  const shown = await showing;
  const rows = shown.rows.length;
  const whole = !shown.hasPrevious && !shown.hasNext;
  if (whole && beside) return { total: exactly(rows), before: exactly(0), after: 0 };
  const [first, last] = [shown.rows.at(0), shown.rows.at(-1)];
  const inAll = kept ?? (whole ? known(rows) : counted({ at: "first" }));
  const inside = first && shown.hasPrevious && shown.hasNext;
  const earlier = inside ? counted({ at: "before", cursor: cursorOf(first, asked.sort) }) : known(0);
  const [all, ahead] = await (beside ?? countBoth(inAll, earlier));
  if (!shown.hasNext) return place(tally(all, rows), null, rows, 0);
  // Counting may have stopped before it came to the rows that are shown.
  const total = tally(all, ahead.n + rows);
  const before = tally(ahead, 0);
  if (before.is === "exact" || !last || farFromEnd(total, before)) return place(total, before, rows, null);
  const [behind] = await countBoth(counted({ at: "after", cursor: cursorOf(last, asked.sort) }), known(0));
  return place(total, before, rows, behind.more ? null : behind.n);
}

/** How many codes a filter finds, as its list says it. One statement. */
export async function countFound({ ids }: Scope<"referrals.read">, asked: ListQuestion): Promise<Tally> {
  const within = { ...ids, zone: asked.zone, now: asked.now };
  const way = wayFrom(countingOrder(within, asked.filter) ?? asked.sort, { at: "first" }, asked.zone);
  const [found] = await countBoth(keptCount(ids, asked.filter) ?? countMatches(within, asked.filter, way), known(0));
  return tally(found, 0);
}

/** Whether so many codes come after those before a page that they are not counted either, however wrong the sample is. */
function farFromEnd(total: Tally, before: Tally): boolean {
  return before.is === "about" && total.count - before.count > Math.max(5 * countCap, total.count / 5);
}

/** What is known of the beginning and the end tells where the page is. */
function place(total: Tally, before: Tally | null, rows: number, after: number | null): ReferralCount {
  const fromEnd = total.is === "exact" && after !== null ? exactly(Math.max(0, total.count - rows - after)) : before;
  return { total, before: before?.is === "exact" ? before : fromEnd, after };
}

/** The count that a campaign or batch keeps of itself. */
function keptCount({ applicationId, campaignId }: CampaignIds, filter: ReferralFilter): Prisma.Sql | null {
  const { batch, ...rest } = filter;
  if (narrows(rest) || batch === "set" || batch === "unset") return null;
  const exact = Prisma.sql`false AS more, NULL::int AS about, 0 AS hits`;
  return batch === undefined
    ? Prisma.sql`SELECT referral_count AS n, ${exact} FROM campaign WHERE application_id = ${applicationId} AND id = ${campaignId}`
    : Prisma.sql`SELECT coalesce(sum(referral_count), 0)::int AS n, ${exact} FROM batch
        WHERE application_id = ${applicationId} AND campaign_id = ${campaignId} AND batch_id = ${batch}`;
}
