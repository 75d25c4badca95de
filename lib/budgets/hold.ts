import { createHash } from "node:crypto";
import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { forEver } from "@/lib/budgets/schema";
import type { Ask, Transaction } from "@/lib/db";

/** A budget as it stands for one code, friend and moment; `used` is how often, `begins` when its period began. */
export interface BudgetStanding {
  id: string;
  entity: null | "Profile" | "Referral";
  amount: number;
  /** Whom or what it counts: a hash of the friend, the code's id, or nothing. */
  subject: string;
  begins: string;
  used: number;
}

/** A friend as budgets count them: IDs can be longer than an index entry. */
export function budgetSubject(friend: string | null): string | null {
  return friend === null ? null : createHash("sha256").update(friend).digest("base64url");
}

const begun = `'${new Date(forEver).toISOString()}'::timestamptz`;

/**
 * When the period of a budget `b` of an application `a` began that runs at a moment, as SQL. Periods begin on the clocks of the
 * application's zone; a week begins on Monday.
 */
export const budgetBegins = (
  now: string,
) => `CASE b.period WHEN 'daily' THEN date_trunc('day', ${now}::timestamptz, a.time_zone)
      WHEN 'weekly' THEN date_trunc('week', ${now}::timestamptz, a.time_zone)
      WHEN 'monthly' THEN date_trunc('month', ${now}::timestamptz, a.time_zone)
      WHEN 'yearly' THEN date_trunc('year', ${now}::timestamptz, a.time_zone) ELSE ${begun} END`;

/**
 * A JSON list of `BudgetStanding`, as SQL: the redemption budgets of the campaign of a code `r`, of an application `a`.
 * @param at the placeholders of the application's id, the moment and the friend's subject
 */
export const budgetStandings = (at: { application: string; now: string; friend: string }) => `(
  SELECT json_agg(json_build_object('id', b.id::text, 'entity', b.entity, 'amount', b.amount, 'subject', p.subject, 'begins', p.begins,
    'used', coalesce(u.counter, 0)) ORDER BY b.id)
  FROM budget b
  CROSS JOIN LATERAL (SELECT
    CASE b.entity WHEN 'Profile' THEN coalesce(${at.friend}::text, '') WHEN 'Referral' THEN r.id::text ELSE '' END AS subject,
    ${budgetBegins(at.now)} AS begins) p
  LEFT JOIN budget_use u ON u.application_id = ${at.application} AND u.budget_id = b.id AND u.subject = p.subject AND u.begins = p.begins
  WHERE b.application_id = ${at.application} AND b.campaign_id = r.campaign_id AND b.action = 'redeemReferral')`;

const hold = {
  name: "budget-hold",
  text: `INSERT INTO budget_use AS u (application_id, budget_id, subject, begins, counter)
    SELECT $1, b.id, $3, $4, 1 FROM budget b WHERE b.application_id = $1 AND b.id = $2 AND b.amount >= 1
    ON CONFLICT (application_id, budget_id, subject, begins) DO UPDATE SET counter = u.counter + 1
      WHERE u.counter + 1 <= (SELECT b.amount FROM budget b WHERE b.application_id = $1 AND b.id = $2)
    RETURNING u.id`,
};
const release = {
  name: "budget-release",
  text: `UPDATE budget_use u SET counter = u.counter - 1
    FROM (SELECT l.id FROM budget_use l WHERE l.application_id = $1 AND l.id = ANY ($2::bigint[])
      ORDER BY l.budget_id, l.subject, l.begins FOR UPDATE) held
    WHERE u.application_id = $1 AND u.id = held.id`,
};

/**
 * Counts a redemption in each of its budgets, in the order of their ids, before its code is touched: whoever holds several locks takes
 * them in this order.
 * @returns the ids of what was counted, which `releaseBudgets` takes back; null where one is used up meanwhile, and then the transaction
 * has to be rolled back
 */
export async function holdBudgets(
  ask: Ask,
  applicationId: number,
  budgets: BudgetStanding[],
): Promise<string[] | null> {
  const held: string[] = [];
  for (const { id, subject, begins } of budgets) {
    const [use] = await ask<{ id: string }>(hold, [applicationId, id, subject, begins]);
    if (!use) return null;
    held.push(use.id);
  }
  return held;
}

/** Gives back what a redemption counted in budgets. Those of budgets that are gone are gone with them. */
export async function releaseBudgets(ask: Ask, applicationId: number, held: string[]): Promise<void> {
  if (held.length > 0) await ask(release, [applicationId, held]);
}

/**
 * Lets the periods that run go on as those of another zone's clocks, with what is used of them: else every budget would have all of it
 * again. Locked in the order in which redemptions count. In a zone that the database does not know nothing was counted.
 */
export async function moveUses(
  tx: Transaction,
  { ids }: Scope<"applications.write", ApplicationIds>,
  zones: { from: string; to: string },
): Promise<void> {
  await tx.$executeRawUnsafe(
    `WITH zone AS MATERIALIZED (SELECT name AS time_zone FROM pg_timezone_names WHERE lower(name) = lower($3) LIMIT 1),
    held AS (
      SELECT u.id, p.begins FROM budget b
      CROSS JOIN LATERAL (SELECT ${budgetBegins("$2")} AS begins FROM zone a) was
      CROSS JOIN LATERAL (SELECT ${budgetBegins("$2")} AS begins FROM (SELECT $4::text AS time_zone) a) p
      JOIN budget_use u ON u.application_id = $1 AND u.budget_id = b.id AND u.begins = was.begins
      WHERE b.application_id = $1 AND b.period IS NOT NULL AND p.begins <> was.begins AND NOT EXISTS (SELECT FROM budget_use n
        WHERE n.application_id = $1 AND n.budget_id = u.budget_id AND n.subject = u.subject AND n.begins = p.begins)
      ORDER BY u.budget_id, u.subject FOR NO KEY UPDATE OF u)
    UPDATE budget_use u SET begins = held.begins FROM held WHERE u.application_id = $1 AND u.id = held.id`,
    ...[ids.applicationId, new Date(), zones.from, zones.to],
  );
}
