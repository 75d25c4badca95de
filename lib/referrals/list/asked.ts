import { begun, notExpired, statusIs } from "@/lib/codes/status-sql";
import { Prisma } from "@/lib/db";
import { all, type Condition, type FilterScope } from "@/lib/referrals/list/filter/condition";
import { byIndexes, conditionsOf } from "@/lib/referrals/list/filter/conditions";
import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";
import { codeContains } from "@/lib/referrals/list/filter/search";
import { campaignOf } from "@/lib/referrals/list/question";

const { sql } = Prisma;

export const validities = ["expired", "validNow", "validFuture"] as const;

/** What programs ask of codes (reference: talon-one-api, B3 and B6); conditions combine, an absent one asks nothing. */
export interface AskedOfCodes {
  /** A part of the code, compared as `searchKey` makes both. */
  code?: string | undefined;
  /** Both are exclusive. */
  createdBefore?: Date | undefined;
  createdAfter?: Date | undefined;
  valid?: (typeof validities)[number] | undefined;
  /** Whether redemptions are left. */
  usable?: boolean | undefined;
  /** The whole Integration ID. */
  advocate?: string | undefined;
  batchId?: string | undefined;
}

const indexed = (condition: Prisma.Sql, more: Partial<Condition> = {}): Condition => ({
  sql: condition,
  indexed: condition,
  ...more,
});

/** Validity alone, whatever is left of the code: a code that is used up is valid between its dates, too. */
function validity(asked: (typeof validities)[number], now: Date): Condition {
  if (asked === "expired") return indexed(statusIs(now).expired);
  if (asked === "validFuture") return indexed(sql`r.valid_from > ${now}`);
  return { sql: sql`(${begun(now)} AND ${notExpired(now)})` };
}

/** The conditions but for the code's, which is a question of its own. */
export function conditionsAsked(scope: FilterScope, asked: AskedOfCodes): Condition[] {
  const { createdBefore, createdAfter, valid, usable, advocate, batchId } = asked;
  const filter: ReferralFilter = {
    ...(usable !== undefined && { redemptions: usable ? "usable" : "used up" }),
    ...(advocate !== undefined && { advocate: { is: advocate } }),
    ...(batchId !== undefined && { batch: batchId }),
  };
  const created = [
    ...(createdBefore ? [sql`r.created < ${createdBefore}`] : []),
    ...(createdAfter ? [sql`r.created > ${createdAfter}`] : []),
  ];
  return [
    ...conditionsOf(scope, filter),
    ...(created.length > 0 ? [indexed(all(created), { exact: true, key: "created" })] : []),
    ...(valid ? [validity(valid, scope.now)] : []),
  ];
}

/** The codes of a campaign that are asked for, as one condition on `referral r` whose plan begins with an index. */
export function matchingAsked(scope: FilterScope, asked: AskedOfCodes): Prisma.Sql {
  const text = asked.code === undefined ? null : codeContains(asked.code);
  return all([campaignOf(scope), ...byIndexes([...conditionsAsked(scope, asked), ...(text ? [text] : [])])]);
}

/** The same in all campaigns of an application, for who reads all of it. What it asks names no campaign. */
export function matchingEverywhere(
  { applicationId, now }: Pick<FilterScope, "applicationId" | "now">,
  { batchId, ...asked }: Omit<AskedOfCodes, "code" | "advocate">,
): Prisma.Sql {
  const conditions = conditionsAsked({ applicationId, campaignId: 0, zone: "UTC", now }, asked).map((one) => one.sql);
  if (batchId !== undefined) conditions.push(sql`r.batch_id = ${batchId}`);
  return all([sql`r.application_id = ${applicationId}`, ...conditions]);
}
