import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { db } from "@/lib/db";

/** How many rows of each kind a customer's page shows. */
export const relationsShown = 100;

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

/** A redemption between two customers that stands. */
export interface Referred {
  id: string;
  campaignId: number;
  referralId: string;
  code: string;
  friendIntegrationId: string;
  sessionIntegrationId: string;
  created: Date;
}

/** What there is of a customer in all campaigns of an application; the newest of each, and how many there are. */
export interface Relations {
  codes: OwnCode[];
  codeCount: number;
  friends: Referred[];
  friendCount: number;
  /** By whose code they came themselves; null where they did not. */
  referredBy: (Referred & { advocateIntegrationId: string | null }) | null;
}

/** A customer as advocate, with the friends they brought, and as friend. The ID is compared to the letter. */
export async function relationsOf({ ids }: Scope<"customers.read", ApplicationIds>, id: string): Promise<Relations> {
  const { applicationId } = ids;
  const [codes, friends, [referredBy]] = await Promise.all([
    db.$queryRaw<(OwnCode & { of: number })[]>`
      SELECT r.id::text AS id, r.campaign_id AS "campaignId", c.name AS campaign, r.code, r.usage_counter AS "usageCounter",
        r.usage_limit AS "usageLimit", r.valid_from AS "validFrom", r.valid_until AS "validUntil", count(*) OVER ()::int AS of
      FROM referral r JOIN campaign c ON c.application_id = ${applicationId} AND c.id = r.campaign_id
      WHERE r.application_id = ${applicationId} AND hashtextextended(r.advocate_integration_id, 0) = hashtextextended(${id}, 0)
        AND r.advocate_integration_id = ${id}
      ORDER BY r.created DESC, r.id DESC LIMIT ${relationsShown}`,
    db.$queryRaw<(Referred & { of: number })[]>`
      SELECT d.id::text AS id, d.campaign_id AS "campaignId", d.referral_id::text AS "referralId", d.code,
        d.friend_integration_id AS "friendIntegrationId", d.session_integration_id AS "sessionIntegrationId", d.created, count(*) OVER ()::int AS of
      FROM referral r JOIN redemption d ON d.application_id = ${applicationId} AND d.referral_id = r.id AND d.amount = 1 AND NOT d.taken_back
      WHERE r.application_id = ${applicationId} AND hashtextextended(r.advocate_integration_id, 0) = hashtextextended(${id}, 0)
        AND r.advocate_integration_id = ${id}
      ORDER BY d.created DESC, d.id DESC LIMIT ${relationsShown}`,
    db.$queryRaw<(Referred & { advocateIntegrationId: string | null })[]>`
      SELECT d.id::text AS id, d.campaign_id AS "campaignId", d.referral_id::text AS "referralId", d.code,
        d.friend_integration_id AS "friendIntegrationId", d.session_integration_id AS "sessionIntegrationId", d.created,
        r.advocate_integration_id AS "advocateIntegrationId"
      FROM redemption d LEFT JOIN referral r ON r.application_id = ${applicationId} AND r.id = d.referral_id
      WHERE d.application_id = ${applicationId} AND d.amount = 1 AND NOT d.taken_back
        AND hashtextextended(d.friend_integration_id, 0) = hashtextextended(${id}, 0)
        AND hashtextextended(d.friend_integration_id, 1) = hashtextextended(${id}, 1) AND d.friend_integration_id = ${id}`,
  ]);
  return {
    codes: codes.map(({ of: _, ...code }) => code),
    codeCount: codes[0]?.of ?? 0,
    friends: friends.map(({ of: _, ...friend }) => friend),
    friendCount: friends[0]?.of ?? 0,
    referredBy: referredBy ?? null,
  };
}
