import { once } from "node:events";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { Actor } from "@/lib/actor";
import { Prisma, pool } from "@/lib/db";
import type { CampaignScope } from "@/lib/operations/schema";
import { exportColumns, formulaPattern } from "@/lib/referrals/csv";
import { matches, type ReferralFilter, within } from "@/lib/referrals/queries";
import { slots } from "@/lib/slots";
import { webStream } from "@/lib/web-stream";

/** How long one download may take, in milliseconds. */
const exportTimeout = 60 * 60_000;
const takeSlot = slots(4, "Other exports are running at the moment. Try again in a minute.");

const formula = pg.escapeLiteral(formulaPattern);
/** `safeCell` of lib/referrals/csv.ts, said in SQL. */
const safe = (column: string) => `CASE WHEN ${column} ~ ${formula} THEN '''' || ${column} ELSE ${column} END`;
/** Whole seconds, as Talon.One writes them; a bound keeps its milliseconds where it has some, so that it comes back. */
const seconds = `'YYYY-MM-DD"T"HH24:MI:SS"Z"'`;
const bound = (column: string) =>
  `to_char(${column}, CASE WHEN ${column} = date_trunc('second', ${column}) THEN ${seconds} ELSE 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"' END)`;

const cells: Record<(typeof exportColumns)[number], string> = {
  id: "r.id",
  created: `to_char(r.created, ${seconds})`,
  campaignid: "r.campaign_id",
  advocateprofileintegrationid: safe("r.advocate_integration_id"),
  friendprofileintegrationid: safe("r.friend_integration_id"),
  startdate: bound("r.valid_from"),
  expirydate: bound("r.valid_until"),
  code: safe("r.code"),
  importid: "r.import_id",
  attributes: "r.attributes",
  batchid: "r.batch_id",
  counter: "r.usage_counter",
  limitval: "r.usage_limit",
};

/** COPY takes no parameters: the values of a query as literals. */
function inlined(sql: Prisma.Sql): string {
  const literal = (value: unknown) =>
    typeof value === "number" || typeof value === "bigint" ? String(value) : pg.escapeLiteral(String(value));
  return sql.strings.map((text, index) => (index === 0 ? text : literal(sql.values[index - 1]) + text)).join("");
}

function copyStatement(scope: CampaignScope, filter: ReferralFilter): string {
  const where = filter.search === null ? Prisma.empty : Prisma.sql`AND ${matches(filter.search)}`;
  const columns = exportColumns.map((name) => `${cells[name]} AS ${name}`).join(", ");
  const rows = inlined(
    Prisma.sql`FROM referral r WHERE ${within(scope, filter.batchId)} ${where} ORDER BY r.created DESC, r.id DESC`,
  );
  return `COPY (SELECT ${columns} ${rows}) TO STDOUT (FORMAT csv, HEADER true, FORCE_QUOTE (attributes))`;
}

/**
 * The referrals a list shows, whole and in its order, as CSV with Talon.One's header (reference: talon-one-api section 7). The
 * database writes the text; it streams at the reader's pace, and stops when the reader goes away.
 * @throws DomainError `unavailable` when too many exports run
 */
export async function exportReferrals(
  _actor: Actor,
  scope: CampaignScope,
  filter: ReferralFilter,
): Promise<ReadableStream<Uint8Array>> {
  const freeSlot = takeSlot();
  const client = await pool.connect().catch((error) => {
    freeSlot();
    throw error;
  });
  let held = true;
  // A connection whose query is not over is closed: that ends the query.
  const giveBack = (broken: boolean) => {
    if (held) client.release(broken);
    held = false;
    freeSlot();
  };
  try {
    await client.query("BEGIN READ ONLY");
    await client.query(`SET LOCAL statement_timeout = ${exportTimeout}`);
    const rows = client.query(copyTo(copyStatement(scope, filter)));
    rows.once("close", () => {
      if (!rows.readableEnded) return giveBack(true);
      client.query("COMMIT").then(
        () => giveBack(false),
        () => giveBack(true),
      );
    });
    await once(rows, "readable"); // a statement that fails is an error answer, not a broken file
    return webStream(rows, () => rows.destroy());
  } catch (error) {
    giveBack(true);
    throw error;
  }
}

function slug(text: string): string {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
}

/** A file name of letters, digits and dashes that says what the export holds and when it was made (UTC). */
export function exportFileName(campaign: { id: number; name: string }, filter: ReferralFilter, now: Date): string {
  const parts = ["referrals", slug(campaign.name) || `campaign-${campaign.id}`];
  if (filter.batchId !== null) parts.push("batch", slug(filter.batchId));
  if (filter.search !== null) parts.push("search", slug(filter.search) || "text");
  return `${parts.join("-")}-${now.toISOString().replace(/[-:]|\.\d+/g, "")}.csv`;
}
