import type { Scope } from "@/lib/access/scope";
import type { BatchColumn, BatchList } from "@/lib/batches/search-params";
import { listDb, Prisma } from "@/lib/db";
import { foldName } from "@/lib/fold-name";
import { batchRedemptions } from "@/lib/redemptions/tally";

/** How codes of a batch came: by the form, by a file, or by a program of the shop. */
export type BatchOrigin = "created" | "imported" | "api";

/** A batch in the list. `codes` and `redemptions` are exact. */
export interface ListedBatch {
  batchId: string;
  name: string;
  note: string;
  codes: number;
  redemptions: number;
  how: BatchOrigin;
  by: string;
  operationId: string;
  created: Date;
}

/** A page of the batches of a campaign, and how many there are on all pages. */
export interface BatchPage {
  rows: ListedBatch[];
  total: number;
  hasMore: boolean;
}

// Batches without a name come last in both directions.
const orders: Record<BatchColumn, { ascending: string; descending: string }> = {
  name: { ascending: "(name = ''), name_key", descending: "(name <> ''), name_key" },
  ...same("id", "batch_id"),
  ...same("codes", "codes"),
  ...same("redemptions", "redemptions"),
  ...same("how", "how"),
  ...same("by", "actor"),
  ...same("created", "created"),
};

function same<Name extends BatchColumn>(name: Name, column: string) {
  return { [name]: { ascending: column, descending: column } } as Record<Name, (typeof orders)[BatchColumn]>;
}

/** Orders, conditions and places are made of the columns of `listed`; one statement, whose cost grows with the campaign's batches. */
export async function listBatches(
  { ids }: Scope<"referrals.read">,
  { q, sort, after, size }: BatchList & { size: number },
): Promise<BatchPage> {
  const down = sort.startsWith("-");
  const order = orders[sort.replace("-", "") as BatchColumn][down ? "descending" : "ascending"];
  const place = Prisma.raw(`${order}, batch_id`);
  const ordered = Prisma.raw(
    `${order}, batch_id`
      .split(", ")
      .map((column) => `${column}${down ? " DESC" : ""}`)
      .join(),
  );
  const text = foldName(q.trim());
  const found = Prisma.sql`(strpos(b.name_key, ${text}) > 0 OR strpos(b.note_key, ${text}) > 0 OR strpos(b.batch_id, ${text}) > 0)`;
  const beyond = Prisma.raw(down ? "<" : ">");
  const rows = await listDb.$queryRaw<(ListedBatch & { total: number })[]>`
    WITH listed AS MATERIALIZED (
      SELECT b.batch_id, b.name, b.name_key, b.note, b.created, b.referral_count AS codes, o.id AS operation_id, o.actor_name AS actor,
        CASE WHEN o.actor_kind = 'key' THEN 'api' WHEN o.kind = 'import' THEN 'imported' ELSE 'created' END AS how,
        coalesce(c.redemptions, 0)::float8 AS redemptions
      FROM batch b JOIN operation o ON o.application_id = b.application_id AND o.id = b.operation_id
      LEFT JOIN (${batchRedemptions(ids.applicationId)}) c ON c.batch_id = b.batch_id
      WHERE b.application_id = ${ids.applicationId} AND b.campaign_id = ${ids.campaignId} ${text === "" ? Prisma.empty : Prisma.sql`AND ${found}`})
    SELECT batch_id AS "batchId", name, note, codes, redemptions, how, actor AS by, operation_id::text AS "operationId", created,
      (SELECT count(*)::int FROM listed) AS total
    FROM listed ${after === null ? Prisma.empty : Prisma.sql`WHERE (${place}) ${beyond} (SELECT ${place} FROM listed WHERE batch_id = ${after})`}
    ORDER BY ${ordered} LIMIT ${size + 1}`;
  return {
    rows: rows.slice(0, size).map(({ total: _, ...row }) => row),
    total: rows[0]?.total ?? 0,
    hasMore: rows.length > size,
  };
}
