import { holdBudgets } from "@/lib/budgets/hold";
import type { Ask } from "@/lib/db";
import type { KnownCode } from "@/lib/redemptions/facts";

/** A friend who redeems a code in a session of the shop; IDs are stored as they are given. */
export interface RedemptionRequest {
  code: KnownCode;
  friend: string;
  sessionIntegrationId: string;
  /** The moment that decides whether the code is valid. */
  now: Date;
}

// What `rejectionOf` says of the code itself, asked again under its lock.
const take = {
  name: "redemption-take",
  text: `WITH taken AS (
      UPDATE referral r SET usage_counter = r.usage_counter + 1
      WHERE r.application_id = $1 AND r.campaign_id = $2 AND r.id = $3
        AND (r.valid_from IS NULL OR r.valid_from <= $6) AND (r.valid_until IS NULL OR r.valid_until > $6)
        AND (r.usage_limit = 0 OR r.usage_counter < r.usage_limit)
        AND r.advocate_integration_id <> $4 AND (r.friend_integration_id IS NULL OR r.friend_integration_id = $4)
      RETURNING r.id, r.code)
    INSERT INTO redemption (application_id, campaign_id, referral_id, code, friend_integration_id, session_integration_id, held)
    SELECT $1, $2, id, code, $4, $5, $7::bigint[] FROM taken RETURNING id`,
};

/**
 * Redeems a code that `rejectionOf` found nothing against: counts it in its budgets, takes one of its places and writes the ledger's row.
 * Of any number of callers no more get in than there are places.
 * @returns the id of the ledger's row; null where somebody was quicker, or else changed the code: then the transaction has to be
 * rolled back, and asked again. A friend who was referred at the same moment makes it fail by 23505
 */
export async function takePlace(
  ask: Ask,
  applicationId: number,
  { code, friend, sessionIntegrationId, now }: RedemptionRequest,
): Promise<string | null> {
  const held = await holdBudgets(ask, applicationId, code.standings);
  if (!held) return null;
  const [row] = await ask<{ id: string }>(take, [
    applicationId,
    code.campaignId,
    code.id,
    friend,
    sessionIntegrationId,
    now,
    held.length > 0 ? held : null,
  ]);
  return row?.id ?? null;
}
