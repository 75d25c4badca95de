import type { ApplicationIds, Everywhere, Scope } from "@/lib/access/scope";
import { bulkTransaction, listDb, Prisma, type Transaction } from "@/lib/db";

const { sql } = Prisma;

/** How many rows of the ledger are tallied in one transaction. */
const atOnce = 200_000;

/** Notes up to which id applications' ledgers are given out, where there is something new and nothing noted is still to be tallied. */
async function note(tx: Transaction): Promise<void> {
  // that of a restored database begins before its next id, which nobody has yet
  const [{ seen }] = await tx.$queryRaw<[{ seen: bigint }]>`
    SELECT last_value - (NOT is_called)::int AS seen FROM redemption_id_seq`;
  // a statement later: whoever has an id up to the last one began before this moment
  await tx.$executeRaw`
    INSERT INTO tallied AS t (application_id, seen_id, seen_at)
    SELECT a.id, ${seen}, clock_timestamp() FROM application a WHERE EXISTS (SELECT FROM redemption d WHERE d.application_id = a.id
      AND d.id > coalesce((SELECT k.to_id FROM tallied k WHERE k.application_id = a.id), 0) OFFSET 0)
    ORDER BY a.id
    ON CONFLICT (application_id) DO UPDATE SET seen_id = EXCLUDED.seen_id, seen_at = EXCLUDED.seen_at WHERE t.to_id = t.seen_id`;
}

const talliedTo = (applicationId: number) =>
  sql`(SELECT coalesce(max(to_id), 0) FROM tallied WHERE application_id = ${applicationId})`;

/** Whether somebody still writes to the ledger who began before a moment; only they can have an id that was given out by then. */
const underWay = (since: Prisma.Sql) => sql`EXISTS (SELECT FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
  WHERE l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND l.relation = 'redemption'::regclass AND l.mode = 'RowExclusiveLock' AND a.xact_start <= ${since})`;

/**
 * Adds the next part of an application's ledger to its tallies, once nothing of it is still to come; false where there is none. What
 * is new is noted first, and tallied the next time.
 */
export function tallyRedemptions(_scope: Scope<"upkeep", Everywhere>): Promise<boolean> {
  return bulkTransaction(async (tx) => {
    const [next] = await tx.$queryRaw<{ applicationId: number; toId: bigint; seenId: bigint }[]>`
      SELECT application_id AS "applicationId", to_id AS "toId", seen_id AS "seenId" FROM tallied t
      WHERE to_id < seen_id AND NOT ${underWay(sql`t.seen_at`)} ORDER BY application_id LIMIT 1 FOR UPDATE SKIP LOCKED`;
    if (!next) {
      await note(tx);
      return false;
    }
    const { applicationId, toId, seenId } = next;
    await tx.$executeRaw`
      WITH part AS MATERIALIZED (SELECT id, campaign_id, referral_id, created, amount FROM redemption
        WHERE application_id = ${applicationId} AND id > ${toId} AND id <= ${seenId} ORDER BY id LIMIT ${atOnce}),
      added AS (INSERT INTO redemption_tally AS t (application_id, campaign_id, begins, redemptions)
        SELECT ${applicationId}, campaign_id, date_bin('15 minutes', created, 'epoch'), count(*) FROM part WHERE amount = 1 GROUP BY 2, 3
        ON CONFLICT (application_id, campaign_id, begins) DO UPDATE SET redemptions = t.redemptions + EXCLUDED.redemptions),
      of_batches AS (INSERT INTO batch_tally AS t (application_id, batch_id, redemptions)
        SELECT ${applicationId}, r.batch_id, sum(p.amount) FROM part p JOIN referral r ON r.application_id = ${applicationId} AND r.id = p.referral_id
        WHERE r.batch_id IS NOT NULL GROUP BY 2 ORDER BY 2
        ON CONFLICT (application_id, batch_id) DO UPDATE SET redemptions = t.redemptions + EXCLUDED.redemptions)
      UPDATE tallied SET to_id = CASE WHEN p.n < ${atOnce} THEN ${seenId} ELSE p.last END
      FROM (SELECT count(*) AS n, max(id) AS last FROM part) p WHERE application_id = ${applicationId}`;
    return true;
  });
}

/**
 * How often the codes of each batch of an application were redeemed, without what was taken back, as SQL of `batch_id` and `redemptions`;
 * batches that never were are missing. Exact in every snapshot: tallies, and what is newer than they are.
 */
export const batchRedemptions = (applicationId: number) => sql`
  SELECT batch_id, sum(n) AS redemptions FROM (
    SELECT batch_id, redemptions AS n FROM batch_tally WHERE application_id = ${applicationId}
    UNION ALL
    SELECT r.batch_id, d.amount FROM (SELECT referral_id, amount FROM redemption
      WHERE application_id = ${applicationId} AND id > ${talliedTo(applicationId)} OFFSET 0) d
    JOIN referral r ON r.application_id = ${applicationId} AND r.id = d.referral_id WHERE r.batch_id IS NOT NULL) told
  GROUP BY 1`;

/** Redemptions that count today, of a campaign between two bounds: `place` is which bound they come after, from 1 on. */
export interface PlacedCount {
  campaignId: number;
  place: number;
  n: number;
}

/**
 * Counts the redemptions of an application that count today between bounds, each campaign's for itself. Reads tallies, what is newer
 * than they are, and what was taken back.
 * @param bounds in order, each at a full quarter of an hour
 * @param campaignId of which campaign alone
 */
export function countBetween(
  { ids: { applicationId } }: Scope<"referrals.read", ApplicationIds>,
  bounds: Date[],
  campaignId?: number,
): Promise<PlacedCount[]> {
  const edges = sql`${bounds.map((bound) => bound.toISOString())}::timestamptz[]`;
  const [first, last] = [bounds.at(0), bounds.at(-1)];
  const within = (column: Prisma.Sql) => sql`${column} >= ${first}::timestamptz AND ${column} < ${last}::timestamptz
    ${campaignId === undefined ? Prisma.empty : sql`AND campaign_id = ${campaignId}`}`;
  const upTo = talliedTo(applicationId);
  return listDb.$queryRaw<PlacedCount[]>`
    SELECT campaign_id AS "campaignId", place, sum(n)::int AS n FROM (
      SELECT campaign_id, width_bucket(begins, ${edges}) AS place, redemptions AS n
        FROM redemption_tally WHERE application_id = ${applicationId} AND ${within(sql`begins`)}
      UNION ALL
      SELECT campaign_id, width_bucket(created, ${edges}), 1
        FROM (SELECT * FROM redemption WHERE application_id = ${applicationId} AND id > ${upTo} OFFSET 0) newer
        WHERE amount = 1 AND NOT taken_back AND ${within(sql`created`)}
      UNION ALL
      SELECT campaign_id, width_bucket(created, ${edges}), -1
        FROM redemption WHERE application_id = ${applicationId} AND taken_back AND id <= ${upTo} AND ${within(sql`created`)}) counted
    GROUP BY 1, 2`;
}

/**
 * From when on a range of a campaign has so many redemptions, or a few more: a full quarter of an hour, and the range's start where it
 * has fewer. Tallies tell, which also hold what was taken back.
 */
export async function newestSince(
  { ids }: Scope<"referrals.read">,
  { from, to }: { from: Date; to: Date },
  count: number,
): Promise<Date> {
  const [row] = await listDb.$queryRaw<{ since: Date | null }[]>`
    SELECT max(begins) AS since FROM (
      SELECT begins, sum(redemptions) OVER (ORDER BY begins DESC) AS n FROM redemption_tally
      WHERE application_id = ${ids.applicationId} AND campaign_id = ${ids.campaignId}
        AND begins >= ${from} AND begins <= ${to}::timestamptz - interval '15 minutes') newest
    WHERE n >= ${count}`;
  return row?.since ?? from;
}
