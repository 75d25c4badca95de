import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { db, Prisma } from "@/lib/db";
import { type ReferralRow, referralColumns } from "@/lib/referrals/rows";

const { sql, raw } = Prisma;

/** A friend whom an advocate referred: the redemption by which that stands. */
export interface Friend {
  id: string;
  campaignId: number;
  /** Null where the code was deleted since. */
  referralId: string | null;
  sessionIntegrationId: string;
  friendIntegrationId: string;
  code: string;
  created: Date;
}

const friendOrders = {
  created: "created",
  code: "code",
  friendIntegrationId: "friend_integration_id",
  sessionId: "session_integration_id",
} as const;
/** What friends can be ordered by; ties break by who came first. */
export const friendSorts = Object.keys(friendOrders) as (keyof typeof friendOrders)[];

/** Which part of a list of friends is asked for. */
export interface FriendsPage {
  order: { by: keyof typeof friendOrders; descending: boolean };
  skip: number;
  size: number;
  counted: boolean;
}

/** IDs can be longer than an index entry: a hash of them is indexed. */
const isWhole = (column: Prisma.Sql, id: string) =>
  sql`hashtextextended(${column}, 0) = hashtextextended(${id}, 0) AND ${column} = ${id}`;

/** The redemptions that stand of an advocate's codes, also of those that were deleted. */
function friendsOf(applicationId: number, advocate: string): Prisma.Sql {
  const columns = sql`d.id, d.campaign_id, d.session_integration_id, d.friend_integration_id, d.code, d.created`;
  const stands = sql`d.application_id = ${applicationId} AND d.amount = 1 AND NOT d.taken_back`;
  return sql`friends AS (
    SELECT ${columns}, d.referral_id FROM referral r JOIN redemption d ON ${stands} AND d.referral_id = r.id
    WHERE r.application_id = ${applicationId} AND r.usage_counter > 0 AND ${isWhole(sql`r.advocate_integration_id`, advocate)}
    UNION ALL
    SELECT ${columns}, NULL FROM redemption d WHERE ${stands} AND d.advocate_integration_id IS NOT NULL
      AND ${isWhole(sql`d.advocate_integration_id`, advocate)}
      AND NOT EXISTS (SELECT FROM referral r WHERE r.application_id = ${applicationId} AND r.id = d.referral_id))`;
}

/** The friends whom an advocate referred in an application. @returns `total` only where it was to be counted */
export async function listFriends(
  { ids: { applicationId } }: Scope<"customers.read", ApplicationIds>,
  advocate: string,
  { order, skip, size, counted }: FriendsPage,
): Promise<{ friends: Friend[]; hasMore: boolean; total: number | null }> {
  const column = raw(friendOrders[order.by]);
  const direction = order.descending ? sql`DESC` : sql`ASC`;
  const found = await db.$queryRaw<Friend[]>`
    WITH ${friendsOf(applicationId, advocate)}
    SELECT id::text AS id, campaign_id AS "campaignId", referral_id::text AS "referralId",
      session_integration_id AS "sessionIntegrationId", friend_integration_id AS "friendIntegrationId", code, created FROM friends
    ORDER BY ${column} ${direction}, id ${direction} OFFSET ${skip} LIMIT ${size + 1}`;
  const [all] = counted
    ? await db.$queryRaw<{ total: number }[]>`
        WITH ${friendsOf(applicationId, advocate)} SELECT count(*)::int AS total FROM friends`
    : [];
  return { friends: found.slice(0, size), hasMore: found.length > size, total: all?.total ?? null };
}

/** How many codes of a customer are told at once. */
export const ownedMost = 1000;

/** The codes that a customer owns in an application, newest first, at most `ownedMost`. */
export function referralsOwned(
  { ids: { applicationId } }: Scope<"customers.read", ApplicationIds>,
  advocate: string,
): Promise<ReferralRow[]> {
  return db.$queryRaw<ReferralRow[]>`
    SELECT ${referralColumns} FROM referral r
    WHERE r.application_id = ${applicationId} AND ${isWhole(sql`r.advocate_integration_id`, advocate)}
    ORDER BY r.created DESC, r.id DESC LIMIT ${ownedMost}`;
}
