import { type BudgetStanding, budgetStandings, budgetSubject } from "@/lib/budgets/hold";
import { foldCode, tidied } from "@/lib/codes/rules";
import type { Ask, Prepared } from "@/lib/db";
import type { CodeFacts, RunningFacts } from "@/lib/redemptions/reasons";

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

/**
 * The statement on a code that is named, which has one row; `$1` to `$7` are the values of `namedValues`.
 * @param beside what is read with it, as SQL: columns, and a join to the application `a`
 */
export function readingCode(name: string, beside = { columns: "", join: "" }): Prepared {
  return {
    name,
    text: `SELECT k.key AS "foundKey", r.id AS "foundId", r.code AS "foundCode", r.campaign_id AS "campaignId",
      r.advocate_integration_id AS "advocateIntegrationId", r.friend_integration_id AS "friendIntegrationId",
      r.usage_limit AS "usageLimit", r.usage_counter AS "usageCounter", r.valid_from AS "validFrom", r.valid_until AS "validUntil",
      c.state AS "campaignState", c.start_time AS "startTime", c.end_time AS "endTime",
      coalesce('referrals' = ANY (c.features), false) AS "hasReferrals",
      $5::text IS NOT NULL AND ${referredBefore("$5::text")} AS "friendWasReferred",
      ${budgetStandings({ application: "$1", now: "$6", friend: "$7" })} AS standings${beside.columns}
    FROM application a
    CROSS JOIN LATERAL (SELECT CASE a.case_sensitivity WHEN 'sensitive' THEN $4 WHEN 'insensitive-lowercase' THEN $3 ELSE $2 END::text AS key) k
    LEFT JOIN referral r ON r.application_id = $1 AND r.code_key = k.key
    LEFT JOIN campaign c ON c.application_id = $1 AND c.id = r.campaign_id${beside.join}
    WHERE a.id = $1`,
  };
}

/** A code as somebody names it: as it was sent, for a friend, at a moment. */
export interface NamedCode {
  code: string;
  friend: string | null;
  now: Date;
}

/** What goes with `readingCode`. */
export function namedValues(applicationId: number, { code, friend, now }: NamedCode): unknown[] {
  const text = tidied(code);
  const keys = (["insensitive-uppercase", "insensitive-lowercase", "sensitive"] as const).map((rule) =>
    foldCode(text, rule),
  );
  return [applicationId, ...keys, friend, now, budgetSubject(friend)];
}

/** A row of `readingCode`. */
export type CodeRow = Omit<CodeFacts, "campaign" | "budgets"> &
  Omit<RunningFacts, "state"> & {
    foundKey: string;
    foundId: string | null;
    foundCode: string;
    campaignId: number;
    campaignState: string;
    standings: BudgetStanding[] | null;
  };

/** A row of `readingCode` as what decides. */
export function foundIn(row: CodeRow): FoundCode {
  const { foundKey: key, foundId: id, standings } = row;
  if (id === null) return { key, known: null };
  const { campaignState: state, startTime, endTime, hasReferrals } = row;
  const budgets = standings ?? [];
  return {
    key,
    known: {
      id,
      code: row.foundCode,
      codeKey: key,
      campaignId: row.campaignId,
      advocateIntegrationId: row.advocateIntegrationId,
      friendIntegrationId: row.friendIntegrationId,
      usageLimit: row.usageLimit,
      usageCounter: row.usageCounter,
      validFrom: row.validFrom,
      validUntil: row.validUntil,
      campaign: { state, startTime, endTime, hasReferrals },
      friendWasReferred: row.friendWasReferred,
      budgets,
      standings: budgets,
    },
  };
}

const reading = readingCode("redemption-facts");

/** What is known of a code that a session names, and of its friend. */
export async function findCode(ask: Ask, applicationId: number, named: NamedCode): Promise<FoundCode> {
  const [row] = await ask<CodeRow>(reading, namedValues(applicationId, named));
  if (!row) throw new Error(`there is no application ${applicationId}`);
  return foundIn(row);
}
