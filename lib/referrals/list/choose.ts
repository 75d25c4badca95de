import { Prisma } from "@/lib/db";
import { all, type Condition } from "@/lib/referrals/list/filter/condition";
import { onTheWay, placed, type Question, step } from "@/lib/referrals/list/question";

const { sql, raw } = Prisma;

/** Whether the table is larger than what PostgreSQL keeps in memory: reading here and there then takes long. */
export const beyondMemory = sql`(pg_relation_size('referral') > pg_size_bytes(current_setting('shared_buffers')))`;

/** A part of the table: about so many of its blocks, spread over all of it. Another `seed` takes other blocks. */
export const sampleOf = (blocks: Prisma.Sql, seed: number) =>
  sql`referral r TABLESAMPLE SYSTEM (least(100, 100 * ${blocks} * 8192.0 / greatest(pg_relation_size('referral'), 1))) REPEATABLE (${raw(String(seed))})`;

const sampledBlocks = sql`CASE WHEN ${beyondMemory} THEN 480 ELSE 120 END`;
const sample = sampleOf(sampledBlocks, 7);
/** What reading a block costs beside its rows, in rows of the sample: as much as 16 steps of a walk, which reads blocks in turn. */
const blockCost = sql`CASE WHEN ${beyondMemory} THEN 2 ELSE 0 END`;
const everyEighth = sql`r.id % 8 = 0`;
/** How many codes of the table one of the sample stands for. */
const each = sql`(8 * greatest(1, pg_relation_size('referral') / 8192.0 / (${sampledBlocks})))`;

/**
 * Estimates by a sample what to do, as steps `sample` and `choice`, the latter a row of `walk` and `further`. `walk` is true when a walk
 * to the first code of the sample that meets all conditions passes fewer candidates than an index would have to gather, each of
 * which costs `gatherCost` steps. One code of the sample stands for thousands of a large table, so that the first may be far by
 * chance: `further` is how many candidates are looked at before all is gathered, 0 where that is not worth trying.
 * @param unfinished whether it is asked at all
 */
export function choose(
  question: Question,
  name: string,
  conditions: Condition[],
  unfinished: Prisma.Sql,
  gatherCost: number,
): Prisma.Sql {
  const exact = conditions.filter((one) => one.exact);
  const byIndex = exact.length > 0 ? exact : conditions.filter((one) => one.indexed);
  const met = all(conditions.map((one) => one.sql));
  const gathered = byIndex.length < conditions.length ? all(byIndex.map((one) => one.sql)) : sql`NULL::boolean`; // the same
  const { times, part, luck } = question.effort.further;
  const enough = sql`ceil(${times * question.limit}::float8 * seen / greatest(met, 1))`;
  return sql`${step(name, "sample")} AS MATERIALIZED (SELECT ${placed(question)}, ${met} AS met, ${gathered} AS gathered, (r.ctid::text::point)[0] AS block
      FROM ${sample} WHERE ${unfinished} AND ${everyEighth} AND ${all(onTheWay(question))}),
    ${step(name, "choice")} AS MATERIALIZED (SELECT nearest < cost AS walk,
        CASE WHEN nearest >= cost AND met > 0 AND nearest <= ${luck}::float8 * seen / met
          AND ${enough} < ${part}::float8 * cost * ${each} THEN ${enough} ELSE 0 END::bigint AS further
      FROM (SELECT coalesce(min(nth) FILTER (WHERE met), count(*)) AS nearest, count(*) AS seen, count(*) FILTER (WHERE met) AS met,
          ${gatherCost}::float8 * count(*) FILTER (WHERE coalesce(gathered, met))
            + ${blockCost} * count(DISTINCT block) FILTER (WHERE coalesce(gathered, met)) AS cost
        FROM (SELECT met, gathered, block, row_number() OVER (ORDER BY ${question.way.order}) AS nth FROM ${step(name, "sample")}) s) e)`;
}
