import type { CampaignIds } from "@/lib/access/scope";
import { foldText, searchKey } from "@/lib/codes/folding";
import { Prisma } from "@/lib/db";
import { any, type Condition, inOneBatch } from "@/lib/referrals/list/filter/condition";
import { isShort, longestRun, partOf, rarestPart } from "@/lib/referrals/list/filter/parts";

const { sql } = Prisma;

/**
 * A condition that hides its value from the planner: it then counts on few rows and takes the index, however old its
 * statistics are and however common the text is.
 */
const hidden = (condition: (value: Prisma.Sql) => Prisma.Sql, value: string): Condition => ({
  sql: condition(sql`${value}`),
  indexed: condition(sql`(SELECT ${value}::text)`),
  exact: true,
});

/** Codes that a search finds: those with this part, or that begin with it where it is short. */
export function codeHas(text: string): Condition {
  const key = searchKey(text); // which holds nothing that LIKE would read as a pattern
  return { ...hidden((pattern) => sql`r.code_search LIKE ${pattern}`, partOf(key, key)), coveredByList: true };
}

/** Codes with this part in any place, however short; every code has an empty one. */
export function codeContains(text: string): Condition | null {
  const key = searchKey(text);
  if (key === "") return null;
  return isShort(key) ? { sql: sql`r.code_search LIKE ${`%${key}%`}`, coveredByList: true } : codeHas(text);
}

/** As the index has it: folded by the program, or ASCII, which SQL folds alike everywhere. */
const advocateKey = sql`coalesce(r.advocate_search, lower(r.advocate_integration_id COLLATE "C"))`;

/** Advocates with this part in any place, asked of each: what a short part costs, because no index finds it. */
const advocateHolds = (key: string): Condition => ({ sql: sql`strpos(${advocateKey}, ${key}) > 0` });

function advocateFound(key: string): Condition {
  const whole = hidden((value) => sql`${advocateKey} LIKE ${value}`, partOf(key, longestRun(key)));
  const part = rarestPart(key);
  if (part.length === key.length) return whole;
  const asked = sql`${advocateKey} LIKE (SELECT ${partOf(part, part)}::text)`;
  return { ...whole, indexed: sql`(${asked} AND strpos(${advocateKey}, ${key}) > 0)` };
}

/** Advocates with this part, however short. */
export function advocateHas(text: string): Condition {
  const key = foldText(text);
  return isShort(longestRun(key)) ? advocateHolds(key) : advocateFound(key);
}

/** What a search finds besides codes: advocates with this part, or that begin with it where it is short, and a batch by its whole ID. */
export function searchBesides(scope: CampaignIds, text: string): Condition {
  const advocate = advocateFound(foldText(text));
  const batch = text.toLowerCase();
  if (!/^[a-z]{8}$/.test(batch)) return advocate;
  const inBatch = inOneBatch(scope, batch);
  return { sql: any([advocate.sql, inBatch]), indexed: any([advocate.indexed ?? advocate.sql, inBatch]), exact: true };
}

/** Whether a text, as SQL, has this part. For what no column keeps folded: both sides are folded here, one row after another. */
export const hasPart = (value: Prisma.Sql, part: string): Prisma.Sql =>
  sql`strpos(folded_text(${value}), (SELECT folded_text(${part}))) > 0`;
