import type { Actor } from "@/lib/actor";
import type { AttributeValues } from "@/lib/attributes/rules";
import { listDb, Prisma } from "@/lib/db";
import type { CampaignScope } from "@/lib/operations/schema";
import type { FilterScope } from "@/lib/referrals/filter/condition";
import type { ReferralFilter } from "@/lib/referrals/filter/schema";
import { narrows, type SortOrder } from "@/lib/referrals/filter/terms";
import { countMatches, firstMatches } from "@/lib/referrals/find";
import { cursorOf, wayFrom } from "@/lib/referrals/order";
import type { ListPage } from "@/lib/referrals/search-params";

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

/** A number of codes: exact, or that many at least. */
export interface Tally {
  count: number;
  more: boolean;
}

/** Counts beside a list: all codes in it, and those before the page's first row; null on the last page of a list too long to count. */
export interface ReferralCount {
  total: Tally;
  before: Tally | null;
}

const columns = Prisma.sql`
  r.id, r.code, r.advocate_integration_id AS advocate, r.friend_integration_id AS friend, r.usage_limit AS "usageLimit",
  r.usage_counter AS "usageCounter", r.valid_from AS "validFrom", r.valid_until AS "validUntil", r.attributes,
  r.batch_id AS "batchId", r.origin, r.created`;

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
  _actor: Actor,
  scope: CampaignScope,
  asked: ListQuestion,
  page: ListPage,
  size: number,
): Promise<ReferralPage> {
  const within = { ...scope, zone: asked.zone, now: asked.now };
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

interface CountRow {
  total: number;
  more: boolean;
  before: number;
  earlier: boolean;
}

const known = (count: number) => Prisma.sql`SELECT ${count}::int AS n, false AS more`;

async function countBoth(total: Prisma.Sql, before: Prisma.Sql): Promise<CountRow> {
  const [count] = await listDb.$queryRaw<CountRow[]>`
    SELECT t.n AS total, t.more, b.n AS before, b.more AS earlier FROM (${total}) t, (${before}) b`;
  return count ?? { total: 0, more: false, before: 0, earlier: false };
}

/**
 * How many codes a list has in all, and before the page that is shown. One statement, beside the page's own where the first or
 * last page is asked for. What the page itself tells is not counted, what a campaign or batch counts of itself is read;
 * else counting stops at `countCap` and says so.
 * @param page the page that was asked for; @param showing `listReferrals` of it
 */
export async function countReferrals(
  _actor: Actor,
  scope: CampaignScope,
  asked: ListQuestion,
  page: ListPage,
  showing: Promise<ReferralPage>,
): Promise<ReferralCount> {
  const counted = (from: ListPage) =>
    countMatches({ ...scope, zone: asked.zone, now: asked.now }, asked.filter, wayFrom(asked.sort, from, asked.zone));
  const kept = keptCount(scope, asked.filter);
  const atEdge = kept === null && (page.at === "first" || page.at === "last");
  const beside = atEdge ? countBoth(counted({ at: "first" }), known(0)) : null;
  beside?.catch(() => undefined); // nobody waits for it where the page tells all
  const shown = await showing;
  const rows = shown.rows.length;
  const whole = !shown.hasPrevious && !shown.hasNext;
  if (whole && beside) return { total: { count: rows, more: false }, before: { count: 0, more: false } };
  const [first] = shown.rows;
  const total = kept ?? (whole ? known(rows) : counted({ at: "first" }));
  const inside = first && shown.hasPrevious && shown.hasNext;
  const earlier = inside ? counted({ at: "before", cursor: cursorOf(first, asked.sort) }) : known(0);
  const count = await (beside ?? countBoth(total, earlier));
  const { more } = count;
  if (!shown.hasNext) {
    const total = { count: Math.max(count.total, rows), more };
    return { total, before: more && shown.hasPrevious ? null : { count: total.count - rows, more: false } };
  }
  // Counting may have stopped before it came to the rows that are shown.
  const before = { count: count.before, more: count.earlier };
  return { total: { count: Math.max(count.total, before.count + rows), more }, before };
}

/** The count that a campaign or batch keeps of itself. */
function keptCount({ applicationId, campaignId }: CampaignScope, filter: ReferralFilter): Prisma.Sql | null {
  const { batch, ...rest } = filter;
  if (narrows(rest) || batch === "set" || batch === "unset") return null;
  return batch === undefined
    ? Prisma.sql`SELECT referral_count AS n, false AS more FROM campaign WHERE application_id = ${applicationId} AND id = ${campaignId}`
    : Prisma.sql`SELECT coalesce(sum(referral_count), 0)::int AS n, false AS more FROM batch
        WHERE application_id = ${applicationId} AND campaign_id = ${campaignId} AND batch_id = ${batch}`;
}
