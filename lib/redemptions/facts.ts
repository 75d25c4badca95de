import { type BudgetStanding, budgetStandings, budgetSubject } from "@/lib/budgets/hold";
import { foldCode, tidied } from "@/lib/codes/rules";
import type { Ask } from "@/lib/db";
import type { CodeFacts } from "@/lib/redemptions/reasons";

/** All that decides about a redemption, as it stands at one moment. */
export interface KnownCode extends CodeFacts {
  id: string;
  campaignId: number;
  code: string;
  codeKey: string;
  standings: BudgetStanding[];
}

/** The code that a session names: `key` is it under the application's case rule, `known` null where there is none. */
export interface FoundCode {
  key: string;
  known: KnownCode | null;
}

/** Rows of the ledger that stand, of a friend: `$n` is their ID. By two hashes, because an ID can be longer than an index entry. */
const referredBefore = (
  friend: string,
) => `EXISTS (SELECT FROM redemption d WHERE d.application_id = $1 AND d.amount = 1 AND NOT d.taken_back
  AND hashtextextended(d.friend_integration_id, 0) = hashtextextended(${friend}, 0)
  AND hashtextextended(d.friend_integration_id, 1) = hashtextextended(${friend}, 1))`;

const facts = {
  name: "redemption-facts",
  text: `SELECT k.key, r.id, r.code, r.campaign_id AS "campaignId", r.advocate_integration_id AS "advocateIntegrationId",
      r.friend_integration_id AS "friendIntegrationId", r.usage_limit AS "usageLimit", r.usage_counter AS "usageCounter",
      r.valid_from AS "validFrom", r.valid_until AS "validUntil", c.state, c.start_time AS "startTime", c.end_time AS "endTime",
      coalesce('referrals' = ANY (c.features), false) AS "hasReferrals",
      $5::text IS NOT NULL AND ${referredBefore("$5::text")} AS "friendWasReferred",
      ${budgetStandings({ application: "$1", now: "$6", friend: "$7" })} AS standings
    FROM application a
    CROSS JOIN LATERAL (SELECT CASE a.case_sensitivity WHEN 'sensitive' THEN $4 WHEN 'insensitive-lowercase' THEN $3 ELSE $2 END::text AS key) k
    LEFT JOIN referral r ON r.application_id = $1 AND r.code_key = k.key
    LEFT JOIN campaign c ON c.application_id = $1 AND c.id = r.campaign_id
    WHERE a.id = $1`,
};

type Row = Omit<KnownCode, "id" | "codeKey" | "campaign" | "budgets" | "standings"> &
  KnownCode["campaign"] & { key: string; id: string | null; standings: BudgetStanding[] | null };

/** What is known of a code that a session names, and of its friend. @param code as the shop sent it */
export async function findCode(
  ask: Ask,
  applicationId: number,
  asked: { code: string; friend: string | null; now: Date },
): Promise<FoundCode> {
  const text = tidied(asked.code);
  const keys = (["insensitive-uppercase", "insensitive-lowercase", "sensitive"] as const).map((rule) =>
    foldCode(text, rule),
  );
  const [row] = await ask<Row>(facts, [applicationId, ...keys, asked.friend, asked.now, budgetSubject(asked.friend)]);
  if (!row) throw new Error(`there is no application ${applicationId}`);
  const { key, id, state, startTime, endTime, hasReferrals, standings, ...code } = row;
  if (id === null) return { key, known: null };
  const budgets = standings ?? [];
  const campaign = { state, startTime, endTime, hasReferrals };
  return { key, known: { ...code, id, codeKey: key, campaign, budgets, standings: budgets } };
}
