import type { Scope } from "@/lib/access/scope";
import { db } from "@/lib/db";

/**
 * Takes back what a session redeemed of a code: the ledger gets a row of the opposite amount, the code its place, and the friend
 * may be referred again. Of a code that was deleted only the ledger changes, by which it comes back.
 * @returns the opposite row; null where nothing of this session stands
 */
export async function takeBack(
  { ids }: Scope<"redemptions.write">,
  request: { referralId: bigint; sessionIntegrationId: string },
): Promise<bigint | null> {
  const { applicationId, campaignId } = ids;
  const { referralId, sessionIntegrationId: session } = request;
  return db.$transaction(async (tx) => {
    // The code first, as whoever redeems it does, so that the two cannot wait for each other.
    await tx.$queryRaw`
      SELECT FROM referral WHERE application_id = ${applicationId} AND campaign_id = ${campaignId} AND id = ${referralId} FOR NO KEY UPDATE`;
    const [opposite] = await tx.$queryRaw<{ id: bigint }[]>`
      WITH taken AS (
        UPDATE redemption d SET taken_back = true
        WHERE d.application_id = ${applicationId} AND d.campaign_id = ${campaignId} AND d.referral_id = ${referralId} AND d.amount = 1 AND NOT d.taken_back
          AND hashtextextended(d.session_integration_id, 0) = hashtextextended(${session}, 0)
          AND hashtextextended(d.session_integration_id, 1) = hashtextextended(${session}, 1)
        RETURNING d.*)
      INSERT INTO redemption (application_id, campaign_id, referral_id, code, friend_integration_id, session_integration_id, amount, reverses_id)
      SELECT application_id, campaign_id, referral_id, code, friend_integration_id, session_integration_id, -1, id FROM taken RETURNING id`;
    if (!opposite) return null;
    // A statement of its own: a code that was being restored meanwhile is there by now, with what the ledger said before.
    await tx.$executeRaw`
      UPDATE referral SET usage_counter = usage_counter - 1
      WHERE application_id = ${applicationId} AND campaign_id = ${campaignId} AND id = ${referralId}`;
    return opposite.id;
  });
}
