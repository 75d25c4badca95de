import { Prisma } from "@/lib/db";
import type { Condition, FilterScope } from "@/lib/referrals/filter/condition";
import { byIndexes, conditionsOf } from "@/lib/referrals/filter/conditions";
import type { ReferralFilter } from "@/lib/referrals/filter/schema";
import { codeHas, searchBesides } from "@/lib/referrals/filter/search";
import type { Stretch, Way } from "@/lib/referrals/order";

const { sql, join, raw } = Prisma;

/** How hard each way of finding codes is tried, by what the filter offers. */
export type Effort = Record<"exact" | "broad" | "inIndex", { near: number; worth: number }>;

// `near` is how many codes a walk along the list looks at before anything else. `worth`: as long as gathering one code
// by an index takes, a walk looks at so many.
export const usualEffort: Effort = {
  /** An index finds just these, so few steps tell whether they are common. */
  exact: { near: 2_000, worth: 1 },
  /** Ranges and states: an index finds them among many others. */
  broad: { near: 40_000, worth: 1 },
  /** The searched text stands in the list's own index, which is walked many times as fast as the codes themselves. */
  inIndex: { near: 10_000, worth: 2.5 },
};

// Codes in order of redemptions are looked up one by one, and lie anywhere in the table.
const lookedUp = { near: 5_000, dearer: 3 };

function effortFor({ effort, way }: Question, by: keyof Effort): Effort["exact"] {
  const { near, worth } = effort[by];
  if (!way.stretches.some(({ table }) => table === "redeemed")) return { near, worth };
  return { near: Math.min(near, lookedUp.near), worth: worth / lookedUp.dearer };
}

/** Which codes are looked for, on which way, and how hard. */
export interface Question {
  scope: FilterScope;
  way: Way;
  limit: number;
  effort: Effort;
}

/** The codes of a campaign, as a condition on `referral r`. */
export const campaignOf = ({ applicationId, campaignId }: FilterScope) =>
  sql`r.application_id = ${applicationId} AND r.campaign_id = ${campaignId}`;
/** All of some conditions, or none. */
export const and = (parts: Prisma.Sql[]) => (parts.length === 0 ? sql`TRUE` : join(parts, " AND "));
/** Any of some conditions. */
export const either = (parts: Prisma.Sql[]) => (parts.length === 1 ? sql`${parts[0]}` : sql`(${join(parts, " OR ")})`);
/** Queries one after the other. */
export const oneAfterTheOther = (parts: Prisma.Sql[]) =>
  join(
    parts.map((part) => sql`(${part})`),
    " UNION ALL ",
  );

/** Conditions that the index of the order answers while it is walked, and those that each row is asked. */
export function split({ way }: Question, conditions: Condition[]) {
  const within = conditions.filter(({ key }) => key === way.key).map((one) => one.sql);
  return { within, each: conditions.filter(({ key }) => key !== way.key).map((one) => one.sql) };
}

/** The ids of a stretch's codes in its order, as its index alone tells them: the first `most`, or all. */
export function idsOf(scope: FilterScope, stretch: Stretch, within: Prisma.Sql[], most: number | null): Prisma.Sql {
  const { table, where, order, also = [] } = stretch;
  return sql`SELECT r.id FROM ${raw(table)} r WHERE ${and([campaignOf(scope), where, ...also, ...within])} ORDER BY ${order}
    ${most === null ? sql`OFFSET 0` : sql`LIMIT ${most}`}`;
}

/**
 * The same as whole codes, a query of `referral r`. It is a fence: whatever the planner thinks of what is asked of them, the
 * order's index is walked.
 */
export function rowsOf(scope: FilterScope, stretch: Stretch, within: Prisma.Sql[], most: number | null): Prisma.Sql {
  const { table, where, order } = stretch;
  if (table === "redeemed") {
    return sql`SELECT r.* FROM (${idsOf(scope, stretch, within, most)}) n CROSS JOIN LATERAL (
      SELECT * FROM referral r WHERE r.application_id = ${scope.applicationId} AND r.id = n.id OFFSET 0) r`;
  }
  return sql`SELECT r.* FROM referral r WHERE ${and([campaignOf(scope), where, ...within])} ORDER BY ${order}
    ${most === null ? sql`OFFSET 0` : sql`LIMIT ${most}`}`;
}

/** The way for conditions that mean redeemed codes alone: a walk would look at each of the others, and at each redeemed one. */
export function waySuiting(way: Way, conditions: Condition[]): Way {
  const also = conditions.flatMap(({ redeemed }) => redeemed ?? []);
  if (also.length === 0) return way;
  const suiting = (one: Stretch): Stretch => (one.table === "redeemed" ? { ...one, also } : one);
  return {
    ...way,
    stretches: way.stretches.map((one) => (one.unredeemed ? { ...one, where: sql`FALSE` } : suiting(one))),
  };
}

/** Walks along the list in its order, over `most` codes or all, and keeps those that meet the conditions. */
function walk(question: Question, conditions: Condition[], most: number | null): Prisma.Sql {
  const { scope, way, limit } = question;
  const { within, each } = split(question, conditions);
  const parts = way.stretches.map((stretch, nth) => {
    const unread = most === null ? [] : way.stretches.slice(0, nth).map((one) => longer(question, within, one, most));
    return sql`SELECT ${raw(String(nth))} AS stretch, ${way.place} AS place, r.id FROM (
      ${rowsOf(scope, stretch, within, most)}) r
      WHERE ${and([...each, ...unread.map((one) => sql`NOT ${one}`)])} LIMIT ${limit}`;
  });
  return sql`SELECT * FROM (${oneAfterTheOther(parts)}) w LIMIT ${limit}`;
}

/** The same for codes with a text, newest or oldest first: reads the list's index alone, and rows only where it matches. */
function walkInIndex(question: Question, text: Condition, conditions: Condition[], most: number | null): Prisma.Sql {
  const { scope, way, limit } = question;
  const { within, each } = split(question, conditions);
  const [stretch] = way.stretches;
  const matches = sql`SELECT r.created, r.id FROM (
    SELECT r.created, r.id, r.code_search FROM referral r WHERE ${and([campaignOf(scope), stretch?.where ?? sql`TRUE`, ...within])}
    ORDER BY ${stretch?.order} ${most === null ? sql`OFFSET 0` : sql`LIMIT ${most}`}) r WHERE ${text.sql} OFFSET 0`;
  if (each.length === 0) return sql`SELECT 0 AS stretch, r.created AS place, r.id FROM (${matches}) r LIMIT ${limit}`;
  return sql`SELECT 0 AS stretch, m.created AS place, m.id FROM (${matches}) m JOIN LATERAL (
    SELECT FROM referral r WHERE r.application_id = ${scope.applicationId} AND r.id = m.id AND ${and(each)} OFFSET 0) r ON true
    LIMIT ${limit}`;
}

/** Whether a stretch goes on beyond its `most` nearest codes. */
function longer({ scope }: Question, within: Prisma.Sql[], stretch: Stretch, most: number): Prisma.Sql {
  const { table, where, order, also = [] } = stretch;
  return sql`EXISTS (SELECT FROM ${raw(table)} r WHERE ${and([campaignOf(scope), where, ...also, ...within])}
    ORDER BY ${order} OFFSET ${most} LIMIT 1)`;
}

// A list of so few codes is read whole by every walk; asking for more is not worth its time.
const short = 2_000;

/** Whether a walk over `most` codes may have left some unseen. */
function goesOn(question: Question, conditions: Condition[], most: number): Prisma.Sql {
  const { within } = split(question, conditions);
  return either(question.way.stretches.map((one) => longer(question, within, one, Math.min(most, short))));
}

// Every eighth code of about a hundred blocks, spread over all of the table.
const sample = sql`referral r TABLESAMPLE SYSTEM (least(100, 100 * 120 * 8192.0 / greatest(pg_relation_size('referral'), 1))) REPEATABLE (7)`;
const everyEighth = sql`r.id % 8 = 0`;

const named = (name: string, part: string) => raw(`${name}_${part}`);

/** Where the codes on the way are, whatever they hold. */
const onTheWay = ({ scope, way }: Question) => [campaignOf(scope), either(way.stretches.map(({ where }) => where))];

/** A row of `referral r` as it is ordered and put together with others. */
const placed = ({ way }: Question) => sql`${stretchOf(way)} AS stretch, ${way.place} AS place, r.id`;

/**
 * Whether to walk, as an expression `choice`: when a walk to the first code of the sample that meets all conditions passes
 * fewer codes than an index would have to gather, by as many as `worth` says.
 */
function choose(
  question: Question,
  name: string,
  every: Condition[],
  unfinished: Prisma.Sql,
  worth: number,
): Prisma.Sql {
  const exact = every.filter((one) => one.exact);
  const byIndex = exact.length > 0 ? exact : every.filter((one) => one.indexed);
  const met = and(every.map((one) => one.sql));
  const gathered = byIndex.length < every.length ? and(byIndex.map((one) => one.sql)) : sql`NULL::boolean`; // the same
  return sql`${named(name, "sample")} AS MATERIALIZED (SELECT ${placed(question)}, ${met} AS met, ${gathered} AS gathered
      FROM ${sample} WHERE ${unfinished} AND ${everyEighth} AND ${and(onTheWay(question))}),
    ${named(name, "choice")} AS MATERIALIZED (SELECT coalesce(min(nth) FILTER (WHERE met), count(*))
        < ${worth}::float8 * count(*) FILTER (WHERE coalesce(gathered, met)) AS walk
      FROM (SELECT met, gathered, row_number() OVER (ORDER BY ${question.way.order}) AS nth FROM ${named(name, "sample")}) s)`;
}

/**
 * The first codes on the way that meet all conditions, as rows of stretch, place and id: from nearby if there are enough;
 * else a sample of the table tells whether the rest of the way, as far as the first match, or gathering all matches by an
 * index is shorter. Each step is taken only if the one before was not enough.
 */
function firstOf(question: Question, name: string, conditions: Condition[], text: Condition | null): Prisma.Sql {
  const { way, limit } = question;
  const every = text ? [...conditions, text] : conditions;
  const inIndex = text !== null && way.key === "created" && text.coveredByList === true;
  const walked = (most: number | null) =>
    inIndex && text ? walkInIndex(question, text, conditions, most) : walk(question, every, most);
  const { near, worth } = effortFor(question, inIndex ? "inIndex" : every.some((one) => one.exact) ? "exact" : "broad");
  const part = (of: string) => named(name, of);
  if (every.every(({ key }) => key === way.key)) return sql`${part("all")} AS (${walked(null)})`;

  const over = sql`(SELECT over FROM ${part("over")})`;
  const unfinished = sql`NOT ${over}`;
  const nearby = sql`${part("near")} AS MATERIALIZED (${walked(near)}),
    ${part("over")} AS MATERIALIZED (SELECT CASE WHEN (SELECT count(*) FROM ${part("near")}) >= ${limit} THEN true
      ELSE NOT ${goesOn(question, every, near)} END AS over)`;
  if (!every.some((one) => one.indexed)) {
    return sql`${nearby}, ${part("all")} AS (SELECT * FROM ${part("near")} WHERE ${over}
      UNION ALL SELECT * FROM (${walked(null)}) f WHERE ${unfinished})`;
  }
  const gathering = sql`(SELECT NOT over AND NOT walk FROM ${part("over")}, ${part("choice")})`;
  const found = and([...onTheWay(question), ...byIndexes(every, gathering)]);
  // OFFSET 0 is a fence: the planner would take the order's index for the sake of the limit
  return sql`${nearby}, ${choose(question, name, every, unfinished, worth)},
    ${part("few")} AS MATERIALIZED (SELECT f.* FROM ${part("over")} o CROSS JOIN ${part("choice")} c CROSS JOIN LATERAL (
      SELECT * FROM (SELECT ${placed(question)} FROM referral r WHERE NOT o.over AND NOT c.walk AND ${found} OFFSET 0) g
      ORDER BY ${way.order} LIMIT ${limit}) f),
    ${part("all")} AS (SELECT * FROM ${part("near")} WHERE ${over} UNION ALL SELECT * FROM ${part("few")}
      UNION ALL SELECT * FROM (${walked(null)}) f WHERE ${unfinished} AND (SELECT walk FROM ${part("choice")}))`;
}

/** Which stretch a row is of, where rows are read regardless of it. */
function stretchOf({ stretches: [first, ...more] }: Way): Prisma.Sql {
  return more.length === 0 ? sql`0` : sql`CASE WHEN ${first?.where} THEN 0 ELSE 1 END`;
}

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
  const question = { scope, way: waySuiting(way, conditions), limit, effort };
  if (filter.search === undefined)
    return sql`${firstOf(question, "list", conditions, null)}, page AS MATERIALIZED (SELECT * FROM list_all)`;
  return sql`${firstOf(question, "code", conditions, codeHas(filter.search))},
    ${firstOf(question, "rest", conditions, searchBesides(scope, filter.search))},
    page AS MATERIALIZED (SELECT * FROM code_all UNION SELECT * FROM rest_all ORDER BY ${way.order} LIMIT ${limit})`;
}
