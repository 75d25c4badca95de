import { holdBudgets } from "@/lib/budgets/hold";
import type { Ask } from "@/lib/db";
import type { KnownCode } from "@/lib/redemptions/facts";

/** A place of a code that is to be taken, once it is counted in the code's budgets. */
export interface Place {
  code: KnownCode;
  /** The moment that decides whether the code is valid. */
  now: Date;
  /** The uses of budgets that count it. */
  held: string[];
}

/**
 * Counts a redemption of a code that `rejectionOf` found nothing against in its budgets.
 * @returns the place that is left to be taken; null where a budget is used up meanwhile: then the transaction has to be rolled back
 */
export async function holdPlace(ask: Ask, applicationId: number, code: KnownCode, now: Date): Promise<Place | null> {
  const held = await holdBudgets(ask, applicationId, code.standings);
  return held && { code, now, held };
}

/**
 * Takes a place of a code and writes the ledger's row, as parts of a `WITH`: what `rejectionOf` says of the code itself is asked again
 * under its lock, so that of any number of callers no more get in than there are places. `entered` has the row's id, or none where
 * somebody was quicker. A friend who was referred at the same moment makes it fail by 23505. The last part of a transaction that
 * locks, because everybody who redeems the code waits for it.
 * @param at placeholders: application, session and friend by their Integration IDs, and `placeValues` in their order
 * @param provided a condition of the caller's, as SQL, without which nothing is taken
 */
export function takingPlace(
  at: { application: string; session: string; friend: string; place: [string, string, string, string] },
  provided = "true",
): string {
  const { application, session, friend } = at;
  const [campaign, code, now, held] = at.place;
  return `taken AS (
      UPDATE referral r SET usage_counter = r.usage_counter + 1
      WHERE r.application_id = ${application} AND r.campaign_id = ${campaign} AND r.id = ${code}
        AND (r.valid_from IS NULL OR r.valid_from <= ${now}) AND (r.valid_until IS NULL OR r.valid_until > ${now})
        AND (r.usage_limit = 0 OR r.usage_counter < r.usage_limit)
        AND r.advocate_integration_id <> ${friend} AND (r.friend_integration_id IS NULL OR r.friend_integration_id = ${friend}) AND ${provided}
      RETURNING r.id, r.code),
    entered AS (
      INSERT INTO redemption (application_id, campaign_id, referral_id, code, friend_integration_id, session_integration_id, held)
      SELECT ${application}, ${campaign}, id, code, ${friend}, ${session}, ${held}::bigint[] FROM taken RETURNING id)`;
}

/** What goes with `takingPlace`. */
export function placeValues({ code, now, held }: Place): unknown[] {
  return [code.campaignId, code.id, now, held.length > 0 ? held : null];
}
