import type { Scope } from "@/lib/access/scope";
import { db, Prisma } from "@/lib/db";
import { newestSince } from "@/lib/redemptions/tally";

/** A redemption that stands. */
export interface ListedRedemption {
  id: string;
  /** Null where the code was deleted since. */
  referralId: string | null;
  code: string;
  friendIntegrationId: string;
  sessionIntegrationId: string;
  created: Date;
}

/** Which redemptions are asked for: of a range, whose end is exclusive, and perhaps of an advocate's or a batch's codes; `before` an id where a page goes on. */
export interface RedemptionPage {
  from: Date;
  to: Date;
  advocate?: string;
  batch?: string;
  before: string | null;
  size: number;
}

/** When a redemption was; null where there is none of this id. */
async function momentOf(applicationId: number, id: string): Promise<Date | null> {
  const row = await db.redemption.findUnique({
    where: { applicationId_id: { applicationId, id: BigInt(id) } },
    select: { created: true },
  });
  return row?.created ?? null;
}

/**
 * The redemptions of a campaign that count today, newest first. Looks through the newest part of the range that has enough by its
 * tallies; through all of it where that was too little, or an advocate's or a batch's are asked for.
 */
export async function listRedemptions(
  scope: Scope<"referrals.read">,
  page: RedemptionPage,
): Promise<{ rows: ListedRedemption[]; hasMore: boolean }> {
  const { from, before, size, advocate, batch } = page;
  const edge = before === null ? page.to : await momentOf(scope.ids.applicationId, before);
  if (edge === null) return { rows: [], hasMore: false };
  const all = advocate === undefined && batch === undefined;
  const since = all ? await newestSince(scope, { from, to: edge }, size + 1) : from;
  const newest = await readPage(scope, { ...page, from: since }, edge);
  const rows = newest.length > size || since <= from ? newest : await readPage(scope, page, edge);
  return { rows: rows.slice(0, size), hasMore: rows.length > size };
}

/** One row more than a page has, where there are more. @param edge when the redemption was that comes before the page */
function readPage(
  { ids: { applicationId, campaignId } }: Scope<"referrals.read">,
  { from, to, advocate, batch, before, size }: RedemptionPage,
  edge: Date,
): Promise<ListedRedemption[]> {
  const code = Prisma.sql`SELECT FROM referral r WHERE r.application_id = ${applicationId} AND r.id = d.referral_id`;
  const ofAdvocate = Prisma.sql`AND (d.advocate_integration_id = ${advocate ?? ""} OR EXISTS (${code} AND r.advocate_integration_id = ${advocate ?? ""} OFFSET 0))`;
  const ofBatch = Prisma.sql`AND EXISTS (${code} AND r.batch_id = ${batch ?? ""} OFFSET 0)`;
  const past = Prisma.sql`AND d.created <= ${edge} AND (d.created, d.id) < (${edge}, ${BigInt(before ?? 0)})`;
  return db.$queryRaw<ListedRedemption[]>`
    SELECT d.id::text AS id, r.id::text AS "referralId", d.code, d.friend_integration_id AS "friendIntegrationId",
      d.session_integration_id AS "sessionIntegrationId", d.created
    FROM (SELECT * FROM redemption d WHERE d.application_id = ${applicationId} AND d.campaign_id = ${campaignId} AND d.amount = 1
        AND NOT d.taken_back AND d.created >= ${from} AND d.created < ${to}
        ${advocate === undefined ? Prisma.empty : ofAdvocate} ${batch === undefined ? Prisma.empty : ofBatch}
        ${before === null ? Prisma.empty : past}
      ORDER BY d.created DESC, d.id DESC LIMIT ${size + 1}) d
    LEFT JOIN referral r ON r.application_id = ${applicationId} AND r.id = d.referral_id ORDER BY d.created DESC, d.id DESC`;
}
