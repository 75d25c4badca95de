import { Prisma } from "@/lib/db";
import { sampleOf } from "@/lib/referrals/list/choose";
import { all, any, type FilterScope } from "@/lib/referrals/list/filter/condition";
import { conditionsOf, matching } from "@/lib/referrals/list/filter/conditions";
import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";
import { codeHas, searchBesides } from "@/lib/referrals/list/filter/search";
import type { SortOrder } from "@/lib/referrals/list/filter/terms";
import type { Way } from "@/lib/referrals/list/order";
import { campaignOf, split, waySuiting } from "@/lib/referrals/list/question";
import { candidateIds, candidates, oneAfterTheOther } from "@/lib/referrals/list/walk";

const { sql } = Prisma;

/** Up to here matches are counted. */
export const countCap = 10_000;
// A list of so many codes is read whole where no index tells; so many tell first whether matches are common.
const counted = { whole: 20_000, sample: 2_000 };

const sampled = 300; // blocks
const sample = sampleOf(sql`${sampled}::int`, 11);
// From so many blocks on, 10,000 matches are not counted where the sample alone leaves no doubt that there are more.
const largeTable = 100_000;
const blocks = sql`(pg_relation_size('referral') / 8192)`;

/** The order whose index tells all that a filter asks, where there is one: then matches are counted without a look at codes. */
export function countingOrder(scope: FilterScope, filter: ReferralFilter): SortOrder | null {
  const [key, ...others] = new Set(conditionsOf(scope, filter).map((one) => one.key));
  return filter.search === undefined && others.length === 0 ? (key ?? null) : null;
}

/**
 * How many codes on the way meet the filter, as a query of one row: `n`, whether that is only a part of them (`more`), and,
 * where it is, `about` how many there are by a sample of the table that had `hits` of them. Reads a bounded number of
 * rows: exact up to `countCap` where an index or the nearest codes tell, or the list is short.
 */
export function countMatches(
  scope: FilterScope,
  filter: ReferralFilter,
  asked: Way,
  largeFrom = largeTable,
): Prisma.Sql {
  const conditions = conditionsOf(scope, filter);
  const way = waySuiting(asked, conditions);
  const { within, recheck } = split(way, conditions);
  const { search } = filter;
  if (search !== undefined) recheck.push(any([codeHas(search).sql, searchBesides(scope, search).sql]));
  const nearest = (most: number, cap = countCap) => {
    const rows = recheck.length === 0 ? candidateIds : candidates;
    const parts = way.stretches.map((stretch) => rows(scope, stretch, within, most));
    return sql`SELECT least(count(*) FILTER (WHERE ${all(recheck)}), ${cap})::int AS n,
      count(*) = ${most} OR count(*) FILTER (WHERE ${all(recheck)}) > ${cap} AS more
      FROM (SELECT * FROM (${oneAfterTheOther(parts)}) w LIMIT ${most}) r`;
  };
  const beyond = any(way.stretches.map(({ where }) => where));
  // of each code of the campaign in the sample, so that other campaigns' codes between them do not count
  const met = all([beyond, ...within, ...recheck]);
  const guess = sql`guess AS MATERIALIZED (SELECT round(c.referral_count::float8 * s.hits / greatest(s.seen, 1))::int AS about, s.hits, s.sure
    FROM (SELECT sum(seen) AS seen, sum(hits)::int AS hits,
        count(*) FILTER (WHERE hits > 0) >= 10 AND sum(hits) - 3 * sqrt(sum(hits * hits)) > ${countCap * sampled}::float8 / ${blocks} AS sure
      FROM (SELECT count(*) AS seen, count(*) FILTER (WHERE met) AS hits FROM (SELECT ${met} AS met, r.ctid FROM ${sample} WHERE ${campaignOf(scope)}) r
        GROUP BY CASE WHEN met THEN (ctid::text::point)[0] END) block) s, campaign c
    WHERE c.application_id = ${scope.applicationId} AND c.id = ${scope.campaignId})`;
  const counts = (exact: Prisma.Sql) => sql`WITH ${guess}, ${exact}
    SELECT k.n, k.more, greatest(g.about, k.n) AS about, coalesce(g.hits, 0) AS hits
    FROM known k LEFT JOIN LATERAL (SELECT g.* FROM guess g WHERE k.more) g ON true`;
  if (recheck.length === 0) return counts(sql`known AS MATERIALIZED (${nearest(countCap + 1)})`);

  const indexed = search !== undefined || conditions.some((one) => one.indexed);
  const sure = sql`CASE WHEN ${blocks} >= ${largeFrom} THEN (SELECT sure FROM guess) ELSE false END`;
  const rare = indexed
    ? sql`CASE WHEN (SELECT more AND n < ${counted.sample / 20} FROM sample) THEN NOT coalesce(${sure}, false) ELSE false END`
    : sql`false`;
  const short = sql`(SELECT referral_count <= ${counted.whole} FROM campaign
    WHERE application_id = ${scope.applicationId} AND id = ${scope.campaignId})`;
  return counts(sql`sample AS MATERIALIZED (${nearest(counted.sample)}),
    rare AS MATERIALIZED (SELECT ${rare} AS rare, (SELECT more FROM sample) AND NOT ${rare} AND ${short} AS short),
    few AS MATERIALIZED (SELECT count(*) AS n FROM (SELECT FROM rare CROSS JOIN LATERAL (
      SELECT FROM referral r WHERE rare.rare AND ${matching(scope, filter, sql`(SELECT rare FROM rare)`)} AND ${beyond} OFFSET 0) f LIMIT ${countCap + 1}) f),
    known AS MATERIALIZED (
      SELECT n, more FROM sample WHERE NOT (SELECT rare OR short FROM rare)
      UNION ALL SELECT n, more FROM (${nearest(counted.whole + 1, counted.whole)}) all_of_it WHERE (SELECT short FROM rare)
      UNION ALL SELECT least(n, ${countCap})::int, n > ${countCap} FROM few WHERE (SELECT rare FROM rare))`);
}
