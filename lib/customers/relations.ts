import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { type Friend, listFriends } from "@/lib/customers/queries";
import { db } from "@/lib/db";

/** How many codes a customer's page shows, and how many friends at a time. */
const [codesShown, friendsShown] = [100, 50];

/** A code that a customer owns. */
export interface OwnCode {
  id: string;
  campaignId: number;
  campaign: string;
  code: string;
  usageCounter: number;
  usageLimit: number;
  validFrom: Date | null;
  validUntil: Date | null;
}

/** What there is of a customer in all campaigns of an application; the newest codes, a page of friends, and how many there are. */
export interface Relations {
  codes: OwnCode[];
  codeCount: number;
  friends: Friend[];
  friendCount: number;
  /** How many friends are newer than those of this page. */
  friendsBefore: number;
  /** By whose code they came themselves; null where they did not. */
  referredBy: (Friend & { advocateIntegrationId: string | null }) | null;
}

/**
 * A customer as advocate, with the friends they brought, and as friend. The ID is compared to the letter.
 * @param page which page of friends, from 1 on
 */
export async function relationsOf(
  scope: Scope<"customers.read", ApplicationIds>,
  id: string,
  page: number,
): Promise<Relations> {
  const { applicationId } = scope.ids;
  const friendsBefore = (page - 1) * friendsShown;
  const [codes, { friends, total }, [referredBy]] = await Promise.all([
    db.$queryRaw<(OwnCode & { of: number })[]>`
      SELECT r.id::text AS id, r.campaign_id AS "campaignId", c.name AS campaign, r.code, r.usage_counter AS "usageCounter",
        r.usage_limit AS "usageLimit", r.valid_from AS "validFrom", r.valid_until AS "validUntil", count(*) OVER ()::int AS of
      FROM referral r JOIN campaign c ON c.application_id = ${applicationId} AND c.id = r.campaign_id
      WHERE r.application_id = ${applicationId} AND hashtextextended(r.advocate_integration_id, 0) = hashtextextended(${id}, 0)
        AND r.advocate_integration_id = ${id}
      ORDER BY r.created DESC, r.id DESC LIMIT ${codesShown}`,
    listFriends(scope, id, {
      order: { by: "created", descending: true },
      ...{ skip: friendsBefore, size: friendsShown, counted: true },
    }),
    db.$queryRaw<NonNullable<Relations["referredBy"]>[]>`
      SELECT d.id::text AS id, d.campaign_id AS "campaignId", r.id::text AS "referralId", d.code,
        d.friend_integration_id AS "friendIntegrationId", d.session_integration_id AS "sessionIntegrationId", d.created,
        coalesce(r.advocate_integration_id, d.advocate_integration_id) AS "advocateIntegrationId"
      FROM redemption d LEFT JOIN referral r ON r.application_id = ${applicationId} AND r.id = d.referral_id
      WHERE d.application_id = ${applicationId} AND d.amount = 1 AND NOT d.taken_back
        AND hashtextextended(d.friend_integration_id, 0) = hashtextextended(${id}, 0)
        AND hashtextextended(d.friend_integration_id, 1) = hashtextextended(${id}, 1) AND d.friend_integration_id = ${id}`,
  ]);
  return {
    codes: codes.map(({ of: _, ...code }) => code),
    codeCount: codes[0]?.of ?? 0,
    friends,
    friendCount: total ?? 0,
    friendsBefore,
    referredBy: referredBy ?? null,
  };
}
