import { Prisma } from "@/lib/db";
import { all, type Condition } from "@/lib/referrals/list/filter/condition";
import { byIndexes } from "@/lib/referrals/list/filter/conditions";
import { onTheWay, placed, type Question, step } from "@/lib/referrals/list/question";

const { sql } = Prisma;

/**
 * Gathers all candidates by the index that knows fewest, rechecks and sorts them, if no seek was enough and a walk costs
 * more: the first `limit` on the way.
 */
export function gather(question: Question, name: string, conditions: Condition[]): Prisma.Sql {
  const { way, limit } = question;
  const wanted = sql`SELECT NOT done AND NOT walk AND NOT reached AS wanted
    FROM ${step(name, "done")}, ${step(name, "choice")}, ${step(name, "reached")}`;
  const matches = all([...onTheWay(question), ...byIndexes(conditions, sql`(${wanted})`)]);
  // OFFSET 0 is a fence: the planner would take the order's index for the sake of the limit
  return sql`SELECT f.* FROM (${wanted} OFFSET 0) c CROSS JOIN LATERAL (
    SELECT * FROM (SELECT ${placed(question)} FROM referral r WHERE c.wanted AND ${matches} OFFSET 0) g
    ORDER BY ${way.order} LIMIT ${limit}) f`;
}
