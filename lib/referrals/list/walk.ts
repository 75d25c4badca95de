import { Prisma } from "@/lib/db";
import { all, any, type Condition, type FilterScope } from "@/lib/referrals/list/filter/condition";
import type { Stretch } from "@/lib/referrals/list/order";
import { campaignOf, type Question, split } from "@/lib/referrals/list/question";

const { sql, join, raw } = Prisma;

/** How many candidates are looked at, where that is bounded: a number, or a query of one. */
export type Most = number | Prisma.Sql | null;

/** Walks the list in its order, over `most` candidates or all, and keeps those that meet the conditions. */
export function walk(question: Question, conditions: Condition[], most: Most): Prisma.Sql {
  const { scope, way, limit } = question;
  const { within, recheck } = split(way, conditions);
  const parts = way.stretches.map((stretch, nth) => {
    // a stretch is not begun while one before it goes on beyond what was looked at
    const unread = most === null ? [] : way.stretches.slice(0, nth).map((one) => longer(scope, one, within, most));
    return sql`SELECT ${raw(String(nth))} AS stretch, ${way.place} AS place, r.id FROM (
      ${candidates(scope, stretch, within, most)}) r
      WHERE ${all([...recheck, ...unread.map((one) => sql`NOT ${one}`)])} LIMIT ${limit}`;
  });
  return sql`SELECT * FROM (${oneAfterTheOther(parts)}) w LIMIT ${limit}`;
}

/** The same for codes with a text, newest or oldest first: reads the list's index alone, and rows only where it matches. */
export function walkInIndex(
  { scope, way, limit }: Question,
  text: Condition,
  conditions: Condition[],
  most: Most,
): Prisma.Sql {
  const { within, recheck } = split(way, conditions);
  const [stretch] = way.stretches;
  const matches = sql`SELECT r.created, r.id FROM (
    SELECT r.created, r.id, r.code_search FROM referral r WHERE ${all([campaignOf(scope), stretch?.where ?? sql`TRUE`, ...within])}
    ORDER BY ${stretch?.order} ${fenceAfter(most)}) r WHERE ${text.sql} OFFSET 0`;
  if (recheck.length === 0)
    return sql`SELECT 0 AS stretch, r.created AS place, r.id FROM (${matches}) r LIMIT ${limit}`;
  return sql`SELECT 0 AS stretch, m.created AS place, m.id FROM (${matches}) m JOIN LATERAL (
    SELECT FROM referral r WHERE r.application_id = ${scope.applicationId} AND r.id = m.id AND ${all(recheck)} OFFSET 0) r ON true
    LIMIT ${limit}`;
}

// A list of so few codes is read whole by every walk; asking for more is not worth its time.
const short = 2_000;

/** Whether a walk over `most` candidates may have left some unseen. */
export function goesOn({ scope, way }: Question, conditions: Condition[], most: number): Prisma.Sql {
  const { within } = split(way, conditions);
  return any(way.stretches.map((one) => longer(scope, one, within, Math.min(most, short))));
}

/** Whether a stretch goes on beyond its `most` nearest codes. */
function longer(scope: FilterScope, stretch: Stretch, within: Prisma.Sql[], most: number | Prisma.Sql): Prisma.Sql {
  const { table, where, order, also = [] } = stretch;
  return sql`EXISTS (SELECT FROM ${raw(table)} r WHERE ${all([campaignOf(scope), where, ...also, ...within])}
    ORDER BY ${order} OFFSET ${most} LIMIT 1)`;
}

/**
 * The codes of a stretch in its order, as a query of `referral r`: the first `most`, or all. It is a fence: whatever the planner
 * thinks of what is asked of them, the order's index is walked.
 */
export function candidates(scope: FilterScope, stretch: Stretch, within: Prisma.Sql[], most: Most): Prisma.Sql {
  const { table, where, order } = stretch;
  if (table === "redeemed") {
    return sql`SELECT r.* FROM (${candidateIds(scope, stretch, within, most)}) n CROSS JOIN LATERAL (
      SELECT * FROM referral r WHERE r.application_id = ${scope.applicationId} AND r.id = n.id OFFSET 0) r`;
  }
  return sql`SELECT r.* FROM referral r WHERE ${all([campaignOf(scope), where, ...within])} ORDER BY ${order}
    ${fenceAfter(most)}`;
}

/** The same as ids alone, as the order's index tells them. */
export function candidateIds(scope: FilterScope, stretch: Stretch, within: Prisma.Sql[], most: Most): Prisma.Sql {
  const { table, where, order, also = [] } = stretch;
  return sql`SELECT r.id FROM ${raw(table)} r WHERE ${all([campaignOf(scope), where, ...also, ...within])} ORDER BY ${order}
    ${fenceAfter(most)}`;
}

/** Ends a query, and keeps the planner from merging it into the one around it. */
const fenceAfter = (most: Most) => (most === null ? sql`OFFSET 0` : sql`LIMIT ${most}`);

/** Queries one after the other. */
export const oneAfterTheOther = (parts: Prisma.Sql[]) =>
  join(
    parts.map((part) => sql`(${part})`),
    " UNION ALL ",
  );
