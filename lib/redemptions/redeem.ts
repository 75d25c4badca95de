import type { CampaignIds, Scope } from "@/lib/access/scope";
import { DatabaseProblem } from "@/lib/database-problem";
import { db, lostRace, Prisma } from "@/lib/db";

/** A friend who redeems a code in a session of the shop; IDs are stored as they are given. */
export interface RedemptionRequest {
  referralId: bigint;
  friendIntegrationId: string;
  sessionIntegrationId: string;
  /** The moment that decides whether the code is valid. */
  now: Date;
}

/** Why a code is not redeemed, in the order in which it is asked. */
export type RedemptionRefusal =
  | "unknown"
  | "already_in_session"
  | "not_yet_valid"
  | "expired"
  | "used_up"
  | "friend_is_advocate"
  | "of_another_friend"
  | "friend_was_referred";

/** Either a row of the ledger, or a reason and nothing done. */
export type RedemptionAnswer = { redemptionId: bigint } | { refused: RedemptionRefusal };

// Somebody may give a place back between a try and the question for the reason; that it happens so often is no accident.
const tries = 5;

/**
 * Redeems a code once: one statement takes a place, if there is one at its own moment, and writes the ledger's row. Of any number
 * of callers no more get in than there are places. Decides by the code alone, not by its campaign's schedule.
 */
export async function redeem(scope: Scope<"redemptions.write">, request: RedemptionRequest): Promise<RedemptionAnswer> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const redemptionId = await takePlace(scope.ids, request);
    if (redemptionId !== null) return { redemptionId };
    const refused = await refusalOf(scope.ids, request);
    if (refused !== null) return { refused };
  }
  throw new DatabaseProblem("locked");
}

/** The new row of the ledger; null where the code has no place for it, or the ledger no room beside a row that stands. */
async function takePlace(
  { applicationId, campaignId }: CampaignIds,
  request: RedemptionRequest,
): Promise<bigint | null> {
  const { referralId, friendIntegrationId: friend, sessionIntegrationId: session, now } = request;
  const write = db.$queryRaw<{ id: bigint }[]>`
    WITH taken AS (
      UPDATE referral r SET usage_counter = usage_counter + 1
      WHERE r.application_id = ${applicationId} AND r.campaign_id = ${campaignId} AND r.id = ${referralId} AND NOT (${unfit(friend, now)})
      RETURNING r.id, r.code)
    INSERT INTO redemption (application_id, campaign_id, referral_id, code, friend_integration_id, session_integration_id)
    SELECT ${applicationId}, ${campaignId}, id, code, ${friend}, ${session} FROM taken RETURNING id`;
  const rows = await write.catch((error: unknown) => {
    if (lostRace(error)) return [];
    throw error;
  });
  return rows[0]?.id ?? null;
}

/** What makes a code `r` unfit for this friend at this moment, reason by reason, as SQL. */
const reasons = (friend: string, now: Date): [RedemptionRefusal, Prisma.Sql][] => [
  ["not_yet_valid", Prisma.sql`coalesce(r.valid_from > ${now}, false)`],
  ["expired", Prisma.sql`coalesce(r.valid_until <= ${now}, false)`],
  ["used_up", Prisma.sql`r.usage_limit > 0 AND r.usage_counter >= r.usage_limit`],
  ["friend_is_advocate", Prisma.sql`r.advocate_integration_id = ${friend}`],
  ["of_another_friend", Prisma.sql`coalesce(r.friend_integration_id <> ${friend}, false)`],
];

const unfit = (friend: string, now: Date) =>
  Prisma.join(
    reasons(friend, now).map(([, condition]) => Prisma.sql`(${condition})`),
    " OR ",
  );

/** Rows of the ledger that stand, of this value in a column with a key of its own. */
const standing = (applicationId: number, column: "friend_integration_id" | "session_integration_id", value: string) => {
  const named = Prisma.raw(`d.${column}`);
  return Prisma.sql`SELECT FROM redemption d WHERE d.application_id = ${applicationId} AND d.amount = 1 AND NOT d.taken_back
    AND hashtextextended(${named}, 0) = hashtextextended(${value}, 0) AND hashtextextended(${named}, 1) = hashtextextended(${value}, 1)`;
};

async function refusalOf(
  { applicationId, campaignId }: CampaignIds,
  request: RedemptionRequest,
): Promise<RedemptionRefusal | null> {
  const { referralId, friendIntegrationId: friend, sessionIntegrationId: session, now } = request;
  const cases = Prisma.join(
    reasons(friend, now).map(([reason, condition]) => Prisma.sql`WHEN ${condition} THEN ${reason}`),
    " ",
  );
  const [row] = await db.$queryRaw<{ refused: RedemptionRefusal | null }[]>`
    SELECT CASE
      WHEN EXISTS (${standing(applicationId, "session_integration_id", session)} AND d.referral_id = r.id) THEN 'already_in_session'
      ${cases}
      WHEN EXISTS (${standing(applicationId, "friend_integration_id", friend)}) THEN 'friend_was_referred' END AS refused
    FROM referral r WHERE r.application_id = ${applicationId} AND r.campaign_id = ${campaignId} AND r.id = ${referralId}`;
  return row ? row.refused : "unknown";
}
