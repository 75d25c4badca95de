import { Prisma } from "@/lib/db";
import { choose } from "@/lib/referrals/list/choose";
import type { Condition, FilterScope } from "@/lib/referrals/list/filter/condition";
import { conditionsOf } from "@/lib/referrals/list/filter/conditions";
import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";
import { codeHas, searchBesides } from "@/lib/referrals/list/filter/search";
import { gather } from "@/lib/referrals/list/gather";
import type { Way } from "@/lib/referrals/list/order";
import {
  type Effort,
  effortOf,
  lookedUp,
  type Question,
  step,
  usualEffort,
  waySuiting,
} from "@/lib/referrals/list/question";
import { goesOn, type Most, walk, walkInIndex } from "@/lib/referrals/list/walk";

const { sql } = Prisma;

/**
 * The first `limit` codes on the way that meet the filter: common table expressions, the last of them `page` with rows of
 * stretch, place and id. A search is two questions, of codes and of the rest, whose answers are put together: each has
 * its own index.
 */
export function firstMatches(
  scope: FilterScope,
  filter: ReferralFilter,
  way: Way,
  limit: number,
  effort: Effort = usualEffort,
): Prisma.Sql {
  const conditions = conditionsOf(scope, filter);
  const { search } = filter;
  if (search === undefined) return firstMeeting(scope, conditions, null, way, limit, effort);
  const question = { scope, way: waySuiting(way, conditions), limit, effort };
  return sql`${firstOf(question, "code", conditions, codeHas(search))},
    ${firstOf(question, "rest", conditions, searchBesides(scope, search))},
    page AS MATERIALIZED (SELECT * FROM code_all UNION SELECT * FROM rest_all ORDER BY ${way.order} LIMIT ${limit})`;
}

/** The same of codes that meet conditions, and have a text as `codeHas` says. */
export function firstMeeting(
  scope: FilterScope,
  conditions: Condition[],
  text: Condition | null,
  way: Way,
  limit: number,
  effort: Effort = usualEffort,
): Prisma.Sql {
  const question = { scope, way: waySuiting(way, conditions), limit, effort };
  return sql`${firstOf(question, "list", conditions, text)}, page AS MATERIALIZED (SELECT * FROM list_all)`;
}

/**
 * The first codes on the way that meet all conditions, as steps of which `all` is the last: a seek; where that is not enough, what
 * a sample says costs less of walking the rest of the way and gathering by an index, the latter after a longer seek where that may do.
 * A step that is not needed reads nothing.
 */
function firstOf(question: Question, name: string, others: Condition[], text: Condition | null): Prisma.Sql {
  const { way, limit } = question;
  const conditions = text ? [...others, text] : others;
  const inIndex = text !== null && way.key === "created" && text.coveredByList === true;
  const walked = (most: Most) =>
    inIndex && text ? walkInIndex(question, text, others, most) : walk(question, conditions, most);
  const [seek, done, all] = [step(name, "seek"), step(name, "done"), step(name, "all")];
  if (conditions.every(({ key }) => key === way.key)) return sql`${all} AS (${walked(null)})`;

  const by = inIndex ? "inIndex" : conditions.some(({ exact }) => exact) ? "exact" : "broad";
  const effort = effortOf(question, by);
  const each = by === "broad" && conditions.some(({ byIds }) => byIds) ? lookedUp.stepCost : 1;
  const isDone = sql`(SELECT done FROM ${done})`;
  const seeking = sql`${seek} AS MATERIALIZED (${walked(effort.seek)}),
    ${done} AS MATERIALIZED (SELECT CASE WHEN (SELECT count(*) FROM ${seek}) >= ${limit} THEN true
      ELSE NOT ${goesOn(question, conditions, effort.seek)} END AS done)`;
  if (!conditions.some(({ indexed }) => indexed)) {
    return sql`${seeking}, ${all} AS (SELECT * FROM ${seek} WHERE ${isDone}
      UNION ALL SELECT * FROM (${walked(null)}) f WHERE NOT ${isDone})`;
  }
  const [choice, further, reached, gathered] = [
    step(name, "choice"),
    step(name, "further"),
    step(name, "reached"),
    step(name, "gathered"),
  ];
  const isReached = sql`(SELECT reached FROM ${reached})`;
  return sql`${seeking}, ${choose(question, name, conditions, sql`NOT ${isDone}`, effort.gatherCost * each)},
    ${further} AS MATERIALIZED (SELECT * FROM (${walked(sql`(SELECT further FROM ${choice})`)}) f WHERE (SELECT further > 0 FROM ${choice})),
    ${reached} AS MATERIALIZED (SELECT count(*) >= ${limit} AS reached FROM ${further}),
    ${gathered} AS MATERIALIZED (${gather(question, name, conditions)}),
    ${all} AS (SELECT * FROM ${seek} WHERE ${isDone} UNION ALL SELECT * FROM ${further} WHERE ${isReached}
      UNION ALL SELECT * FROM ${gathered}
      UNION ALL SELECT * FROM (${walked(null)}) f WHERE NOT ${isDone} AND (SELECT walk FROM ${choice}))`;
}
