import { releaseBudgets } from "@/lib/budgets/hold";
import type { Ask } from "@/lib/db";

/** What was redeemed, as it is told when it is taken back. */
export interface TakenBack {
  campaignId: number;
  referralId: string;
  code: string;
}

const read = {
  name: "redemption-read",
  text: `SELECT campaign_id AS "campaignId", referral_id AS "referralId", code, held FROM redemption d
    WHERE d.application_id = $1 AND d.id = $2 AND d.amount = 1 AND NOT d.taken_back`,
};
// The code first, as whoever redeems it does, so that the two cannot wait for each other.
const lock = {
  name: "redemption-lock",
  text: "SELECT FROM referral r WHERE r.application_id = $1 AND r.campaign_id = $2 AND r.id = $3 FOR NO KEY UPDATE",
};
const oppose = {
  name: "redemption-oppose",
  text: `WITH taken AS (
      UPDATE redemption d SET taken_back = true WHERE d.application_id = $1 AND d.id = $2 AND d.amount = 1 AND NOT d.taken_back RETURNING d.*)
    INSERT INTO redemption (application_id, campaign_id, referral_id, code, friend_integration_id, session_integration_id, amount, reverses_id)
    SELECT application_id, campaign_id, referral_id, code, friend_integration_id, session_integration_id, -1, id FROM taken RETURNING id`,
};
// A statement of its own: a code that was being restored meanwhile is there by now, with what the ledger said before.
const give = {
  name: "redemption-give",
  text: `UPDATE referral r SET usage_counter = r.usage_counter - 1 WHERE r.application_id = $1 AND r.campaign_id = $2 AND r.id = $3`,
};

/**
 * Takes a redemption back: the ledger gets a row of the opposite amount, its budgets and its code their place, and the friend may be
 * referred again. Of a code that was deleted only the ledger and the budgets change, by which it comes back.
 * @returns null where it does not stand
 */
export async function takeBack(ask: Ask, applicationId: number, redemptionId: string): Promise<TakenBack | null> {
  const [row] = await ask<TakenBack & { held: string[] | null }>(read, [applicationId, redemptionId]);
  if (!row) return null;
  const { held, ...taken } = row;
  await releaseBudgets(ask, applicationId, held ?? []);
  const place = [applicationId, taken.campaignId, taken.referralId];
  await ask(lock, place);
  const [opposite] = await ask<{ id: string }>(oppose, [applicationId, redemptionId]);
  if (!opposite) throw new Error(`redemption ${redemptionId} was taken back by somebody who does not hold its session`);
  await ask(give, place);
  return taken;
}
