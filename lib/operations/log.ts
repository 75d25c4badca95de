import type { CampaignIds, Scope } from "@/lib/access/scope";
import { type CaseRule, foldCode, tidied } from "@/lib/codes/rules";
import { listDb, Prisma } from "@/lib/db";
import { moment, type OperationRecord, type OperationRow, operationRows, toRow } from "@/lib/operations/rows";
import type { OperationFilter, OperationList } from "@/lib/operations/search-params";
import { clockBound } from "@/lib/zone";
import { firstInstant } from "@/lib/zone-sql";

/** Codes that were made one at a time on one day. `isMore` where there are more than `count`. */
export interface SinglesOfDay {
  /** `2026-11-28`. */
  day: string;
  count: number;
  isMore: boolean;
  /** When the last one was made. */
  newest: Date;
}

/** A line of the log: one operation, or a day's single creations together. */
export type LogEntry = { operation: OperationRow; singles?: never } | { singles: SinglesOfDay; operation?: never };

/** Whose clocks and whose case decide what days and codes mean. */
interface Reading {
  timeZone: string;
  caseRule: CaseRule;
}

/** Up to how many single creations of a day are counted. */
const countedMost = 10_000;
/** Of how many newest operations the names of those who did them are offered. */
const namedMost = 1000;

const sql = Prisma.sql;
const one = sql`o.kind = 'create' AND o.matched = 1`;

/** The ids of operations that were about a batch: they made it, name it, or undo or repeat one that does. Each is looked up by an index. */
function aboutBatch({ applicationId, campaignId }: CampaignIds, batchId: string): Prisma.Sql {
  return sql`
    WITH RECURSIVE about AS (
      (SELECT b.operation_id AS id FROM batch b
        WHERE b.application_id = ${applicationId} AND b.campaign_id = ${campaignId} AND b.batch_id = ${batchId}
      UNION SELECT o.id FROM operation o
        WHERE o.application_id = ${applicationId} AND o.campaign_id = ${campaignId} AND o.selection ->> 'batchId' = ${batchId})
      UNION SELECT later.id FROM about CROSS JOIN LATERAL (
        (SELECT o.id FROM operation o WHERE o.application_id = ${applicationId} AND o.undoes_id = about.id OFFSET 0)
        UNION ALL
        (SELECT o.id FROM operation o
          WHERE o.application_id = ${applicationId} AND o.selection ->> 'operationId' = about.id::text OFFSET 0)) later)
    SELECT id FROM about`;
}

/** The ids of operations that changed a code; one that is deleted is known by the record of that. */
function aboutCode({ applicationId, campaignId }: CampaignIds, code: string): Prisma.Sql {
  return sql`
    SELECT c.operation_id FROM change c WHERE c.application_id = ${applicationId} AND c.refusal IS NULL AND c.referral_id = ANY (ARRAY(
      SELECT r.id FROM referral r WHERE r.application_id = ${applicationId} AND r.campaign_id = ${campaignId} AND r.code_key = ${code}
      UNION SELECT d.referral_id FROM change d
        WHERE d.application_id = ${applicationId} AND d.code = ${code} AND d.after IS NULL AND d.before IS NOT NULL))`;
}

function conditions(ids: CampaignIds, filter: OperationFilter, { timeZone, caseRule }: Reading): Prisma.Sql {
  const { kind, by, from, to, batch, code, singles } = filter;
  const found = [
    sql`o.application_id = ${ids.applicationId} AND o.campaign_id = ${ids.campaignId} AND o.state IN ('running', 'applied')`,
  ];
  const since = (day: string) => found.push(sql`${moment} >= ${clockBound(day, timeZone, "start")}`);
  const until = (day: string) => found.push(sql`${moment} < ${clockBound(day, timeZone, "end")}`);
  if (kind) found.push(sql`o.kind = ${kind}`);
  if (by) found.push(sql`strpos(lower(o.actor_name), lower(${by})) > 0`);
  if (from) since(from);
  if (to) until(to);
  if (batch) found.push(sql`o.id = ANY (ARRAY(${aboutBatch(ids, batch)}))`);
  if (code) found.push(sql`o.id = ANY (ARRAY(${aboutCode(ids, foldCode(tidied(code), caseRule))}))`);
  if (singles) {
    since(singles);
    until(singles);
    found.push(one);
  }
  return Prisma.join(found, " AND ");
}

interface FoundEntry {
  id: bigint;
  at: Date;
  /** Of single creations that stand together. */
  day: string | null;
  count: number | null;
}

/**
 * A page of the log, newest first: `size` lines below the operation `before`. Codes that were made one at a time stand together by their
 * day, where there are several, unless they or one code are asked for. Two statements; the first walks the order of the operations, and that of the days.
 * @returns the lines, and where the next page begins; null where there is none
 */
export async function readLog(
  { ids }: Scope<"referrals.read">,
  { before, ...filter }: OperationList,
  reading: Reading,
  size: number,
): Promise<{ entries: LogEntry[]; next: string | null }> {
  const asked = conditions(ids, filter, reading);
  // single creations are about no batch
  const { kind, code, singles, batch } = filter;
  const grouped = code === "" && singles === "" && batch === "" && (kind === "" || kind === "create");
  const found = await listDb.$queryRaw<FoundEntry[]>`
    WITH RECURSIVE place AS (
      SELECT at, id, ${midnight(sql`at`, reading)} AS begins FROM (
        SELECT ${moment} AS at, o.id FROM operation o
        WHERE o.application_id = ${ids.applicationId} AND o.campaign_id = ${ids.campaignId} AND o.id = ${before === null ? null : BigInt(before)}::bigint
        UNION ALL SELECT 'infinity', 9223372036854775807 WHERE ${before === null}) newest
    ), ${grouped ? days(asked, reading) : noDays}
    SELECT id, at, day, count FROM (
      (SELECT o.id, ${moment} AS at, NULL::text AS day, NULL::int AS count FROM operation o
        WHERE ${asked} ${grouped ? sql`AND NOT (${one})` : Prisma.empty} AND (${moment}, o.id) < (SELECT at, id FROM place)
        ORDER BY ${moment} DESC, o.id DESC LIMIT ${size + 1})
      UNION ALL
      (SELECT id, at, day, (SELECT count(*)::int FROM (SELECT FROM operation o WHERE ${asked} AND ${one} AND ${moment} >= begins
          AND ${moment} <= at LIMIT ${countedMost + 1}) same) AS count
        FROM (SELECT * FROM days LIMIT ${size + 1}) first)) entries
    ORDER BY at DESC, id DESC LIMIT ${size + 1}`;
  const shown = found.slice(0, size);
  const rows = await rowsOf(
    ids,
    shown.flatMap((entry) => (isAlone(entry) ? [entry.id] : [])),
  );
  const entries = shown.flatMap((entry): LogEntry[] => {
    if (entry.day !== null && !isAlone(entry)) return [{ singles: singlesOf(entry, entry.day) }];
    const operation = rows.get(String(entry.id));
    return operation ? [{ operation }] : [];
  });
  return { entries, next: found.length > size ? String(shown.at(-1)?.id) : null };
}

/** Whether a line is one operation: the only one of its day stands by itself too. */
const isAlone = ({ day, count }: FoundEntry) => day === null || count === 1;

/** When the day of a moment begins on the zone's clocks. */
function midnight(at: Prisma.Sql, { timeZone }: Reading): Prisma.Sql {
  return firstInstant(sql`date_trunc('day', ${at} AT TIME ZONE ${timeZone})`, timeZone);
}

/** The days with single creations, one after the other: each is found by its last one, from which the one before is looked for. */
function days(asked: Prisma.Sql, reading: Reading): Prisma.Sql {
  const singles = sql`operation o WHERE ${asked} AND ${one}`;
  const last = (below: Prisma.Sql) => sql`
    SELECT o.id, ${moment} AS at, ${midnight(moment, reading)} AS begins, to_char(${moment} AT TIME ZONE ${reading.timeZone}, 'YYYY-MM-DD') AS day
    FROM ${singles} AND ${below} ORDER BY ${moment} DESC, o.id DESC LIMIT 1`;
  // a day whose last one stands above the place is on an earlier page
  return sql`
    bound AS (SELECT CASE WHEN told THEN begins ELSE at END AS at, CASE WHEN told THEN 0 ELSE id END AS id FROM (
      SELECT p.*, EXISTS (SELECT FROM ${singles} AND (${moment}, o.id) >= (p.at, p.id) AND ${midnight(moment, reading)} = p.begins
        AND ${moment} < p.begins + interval '2 days') AS told FROM place p) places),
    days AS (
      (${last(sql`(${moment}, o.id) < (SELECT at, id FROM bound)`)})
      UNION ALL
      SELECT earlier.* FROM days CROSS JOIN LATERAL (${last(sql`${moment} < days.begins`)}) earlier)`;
}

const noDays = sql`days AS (SELECT 0::bigint AS id, now() AS at, now() AS begins, '' AS day WHERE false)`;

function singlesOf({ at, count }: FoundEntry, day: string): SinglesOfDay {
  const most = Math.min(count ?? 0, countedMost);
  return { day, newest: at, count: most, isMore: (count ?? 0) > most };
}

async function rowsOf(ids: CampaignIds, wanted: bigint[]): Promise<Map<string, OperationRow>> {
  const records = await listDb.$queryRaw<OperationRecord[]>(
    operationRows(ids, sql`o.id = ANY (${wanted}::bigint[])`, sql`NULL`),
  );
  return new Map(records.map(toRow).map((row) => [row.id, row]));
}

/** Who did the newest operations of a campaign, by name. */
export async function listActors({ ids }: Scope<"referrals.read">): Promise<string[]> {
  const rows = await listDb.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT name FROM (SELECT o.actor_name AS name FROM operation o
      WHERE o.application_id = ${ids.applicationId} AND o.campaign_id = ${ids.campaignId} AND o.state IN ('running', 'applied')
      ORDER BY ${moment} DESC, o.id DESC LIMIT ${namedMost}) newest ORDER BY 1 LIMIT 50`;
  return rows.map(({ name }) => name);
}
