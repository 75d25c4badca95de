import type { Actor } from "@/lib/actor";
import type { AttributeValues } from "@/lib/attributes/rules";
import { db, Prisma } from "@/lib/db";
import type { CampaignScope } from "@/lib/operations/schema";
import type { ReferralFilter as Filter } from "@/lib/referrals/filter/schema";
import { searchKey } from "@/lib/referrals/rules";
import type { ListPage } from "@/lib/referrals/search-params";

export interface ReferralFilter {
  search: string | null;
  batchId: string | null;
}

/** Null for what queries cannot answer yet: nothing is shown then. */
export function simple(filter: Filter | null): ReferralFilter | null {
  if (!filter) return null;
  const { search, batch, ...rest } = filter;
  const key = search === undefined ? null : searchKey(search);
  if (key === "" || batch === "set" || batch === "unset" || Object.keys(rest).length > 0) return null;
  return { search: key, batchId: batch ?? null };
}

/** A row of the referrals list. */
export interface ReferralRow {
  id: bigint;
  code: string;
  advocate: string;
  usageLimit: number;
  usageCounter: number;
  validFrom: Date | null;
  validUntil: Date | null;
  attributes: AttributeValues;
  batchId: string | null;
  created: Date;
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

/** Counts beside a list. Numbers are exact; with a search they stop at `countCap` + 1. */
export interface ReferralCount {
  total: number;
  /** Codes before the page's first row. */
  before: number;
}

/** Up to here a search counts its matches. */
export const countCap = 10_000;

// A search looks at this many codes next to the cursor before it asks for a plan of its own.
const nearby = 10_000;
// Makes the planner weigh the search as if this many matches were read; few are, because reading stops at a page.
const planned = 10_000;

const columns = Prisma.sql`
  r.id, r.code, r.advocate_integration_id AS advocate, r.usage_limit AS "usageLimit", r.usage_counter AS "usageCounter",
  r.valid_from AS "validFrom", r.valid_until AS "validUntil", r.attributes, r.batch_id AS "batchId", r.created`;

/** The codes of a campaign, or of one batch of it. */
export function within(scope: CampaignScope, batchId: string | null): Prisma.Sql {
  const { applicationId, campaignId } = scope;
  if (batchId === null) return Prisma.sql`r.application_id = ${applicationId} AND r.campaign_id = ${campaignId}`;
  // A batch is of one campaign. Asking that once, and not of each row, leaves the planner only the batch's own index.
  return Prisma.sql`r.application_id = ${applicationId} AND r.batch_id = ${batchId} AND EXISTS (
    SELECT FROM batch WHERE application_id = ${applicationId} AND batch_id = ${batchId} AND campaign_id = ${campaignId})`;
}

/** `text` is a search key, so it holds nothing that LIKE would read as a pattern. */
export function matches(text: string): Prisma.Sql {
  return Prisma.sql`r.code_search LIKE ${`%${text}%`}`;
}

function stretchOf(page: ListPage) {
  const backwards = page.at === "last" || page.at === "before";
  const beyond =
    "cursor" in page
      ? Prisma.sql`AND (r.created, r.id) ${Prisma.raw(backwards ? ">" : "<")}
          (${new Date(page.cursor.value as number)}::timestamptz, ${BigInt(page.cursor.id)})`
      : Prisma.empty;
  const order = backwards ? Prisma.sql`created ASC, id ASC` : Prisma.sql`created DESC, id DESC`;
  return { backwards, beyond, order };
}

/** Rows from the page's edge on, in reading direction; one more than fits tells whether there are others. */
function rowsFrom(scope: CampaignScope, filter: ReferralFilter, page: ListPage, limit: number): Prisma.Sql {
  const { beyond, order } = stretchOf(page);
  const range = Prisma.sql`${within(scope, filter.batchId)} ${beyond}`;
  if (filter.search === null)
    return Prisma.sql`SELECT ${columns} FROM referral r WHERE ${range} ORDER BY ${order} LIMIT ${limit}`;
  // A frequent text is found among the nearest codes. Otherwise it is rare or far away: then the planner chooses
  // between the trigram index and the list index as for many matches, since a page of them may be a long walk away.
  return Prisma.sql`
    WITH near AS MATERIALIZED (
      SELECT r.created, r.id FROM (
        SELECT r.created, r.id, r.code_search FROM referral r WHERE ${range} ORDER BY ${order} LIMIT ${nearby}) r
      WHERE ${matches(filter.search)} LIMIT ${limit}),
    far AS MATERIALIZED (
      SELECT r.created, r.id FROM referral r WHERE ${range} AND ${matches(filter.search)} ORDER BY ${order} LIMIT ${planned}),
    enough AS MATERIALIZED (SELECT count(*) = ${limit} AS near FROM near),
    page AS MATERIALIZED (
      SELECT * FROM near WHERE (SELECT near FROM enough)
      UNION ALL (SELECT * FROM far WHERE NOT (SELECT near FROM enough) LIMIT ${limit}))
    SELECT ${columns} FROM page JOIN referral r ON r.application_id = ${scope.applicationId} AND r.id = page.id
    ORDER BY ${order}`;
}

async function readPage(
  scope: CampaignScope,
  filter: ReferralFilter,
  page: ListPage,
  size: number,
): Promise<ReferralPage> {
  const found = await db.$queryRaw<ReferralRow[]>(rowsFrom(scope, filter, page, size + 1));
  const more = found.length > size;
  const rows = found.slice(0, size);
  const { backwards } = stretchOf(page);
  if (backwards) rows.reverse();
  return {
    rows,
    page,
    hasPrevious: backwards ? more : page.at !== "first",
    hasNext: backwards ? page.at !== "last" : more,
  };
}

/**
 * One page of a campaign's referrals, newest first. One statement; a second one only where the codes beside the cursor
 * are gone: then it is the nearest whole page.
 */
export async function listReferrals(
  _actor: Actor,
  scope: CampaignScope,
  filter: ReferralFilter,
  page: ListPage,
  size: number,
): Promise<ReferralPage> {
  const shown = await readPage(scope, filter, page, size);
  if (page.at === "before" && !shown.hasPrevious && shown.rows.length < size)
    return readPage(scope, filter, { at: "first" }, size);
  if (page.at === "after" && shown.rows.length === 0) return readPage(scope, filter, { at: "last" }, size);
  return shown;
}

/**
 * How many codes a list has in all, and before the page that is shown. One statement; without a search the total is
 * read, not counted, and on the first and last page nothing is.
 */
export async function countReferrals(
  _actor: Actor,
  scope: CampaignScope,
  filter: ReferralFilter,
  shown: ReferralPage,
): Promise<ReferralCount> {
  const inList = within(scope, filter.batchId);
  const total = filter.search === null ? keptCount(scope, filter.batchId) : capped(inList, filter.search, Prisma.empty);
  const [first] = shown.rows;
  const newer = first && Prisma.sql`AND (r.created, r.id) > (${first.created}::timestamptz, ${first.id})`;
  const before =
    !shown.hasPrevious || !newer
      ? Prisma.sql`0`
      : filter.search !== null
        ? capped(inList, filter.search, newer)
        : shown.hasNext
          ? Prisma.sql`(SELECT count(*) FROM referral r WHERE ${inList} ${newer})`
          : Prisma.sql`NULL`;
  const [count] = await db.$queryRaw<{ total: bigint; before: bigint | null }[]>`
    SELECT ${total}::bigint AS total, ${before}::bigint AS before`;
  const all = Number(count?.total ?? 0);
  return { total: all, before: Number(count?.before ?? Math.max(all - shown.rows.length, 0)) };
}

/** The count that a campaign or batch keeps of itself. */
function keptCount({ applicationId, campaignId }: CampaignScope, batchId: string | null): Prisma.Sql {
  return batchId === null
    ? Prisma.sql`(SELECT referral_count FROM campaign WHERE application_id = ${applicationId} AND id = ${campaignId})`
    : Prisma.sql`(SELECT referral_count FROM batch
        WHERE application_id = ${applicationId} AND campaign_id = ${campaignId} AND batch_id = ${batchId})`;
}

function capped(inList: Prisma.Sql, search: string, stretch: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT count(*) FROM (
    SELECT FROM referral r WHERE ${inList} AND ${matches(search)} ${stretch} LIMIT ${countCap + 1}) found)`;
}
