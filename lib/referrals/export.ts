import { once } from "node:events";
import type { Readable } from "node:stream";
import type { PoolClient } from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { ApplicationIds, Scope } from "@/lib/access/scope";
import type { Reading } from "@/lib/attributes/titles";
import { takeConnection } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { formatRow, safeCell } from "@/lib/referrals/csv";
import { changesFile } from "@/lib/referrals/export-changes";
import {
  type DateFormat,
  type ExportFile,
  inlined,
  linkSql,
  mergeFile,
  talonOneFile,
  viewFile,
} from "@/lib/referrals/export-columns";
import { type AskedOfCodes, matchingAsked, matchingEverywhere } from "@/lib/referrals/list/asked";
import { matchingAll } from "@/lib/referrals/list/filter/conditions";
import { narrows } from "@/lib/referrals/list/filter/terms";
import { wayFrom } from "@/lib/referrals/list/order";
import type { ListQuestion } from "@/lib/referrals/list/queries";
import type { ColumnId, ExportFormat } from "@/lib/referrals/list/search-params";
import { sheetRow, sheetRowsMax, workbook } from "@/lib/referrals/xlsx";
import { slots } from "@/lib/slots";
import { webStream } from "@/lib/web-stream";
import { zoneProblem } from "@/lib/zone";

/** How long one download may take, in milliseconds: one that nobody reads ends long before (`launch/connections.ts`). */
const exportTimeout = 24 * 60 * 60_000;
const takeSlot = slots(4, { reason: "exports_busy" });

/** What a file holds: codes in an order, with these columns or, where null, with Talon.One's. */
export interface ExportRequest extends ListQuestion {
  format: ExportFormat;
  columns: readonly ColumnId[] | null;
  /** What its attributes are called. */
  attributes: Reading["attributes"];
  /** The campaign's pattern of links; empty where there is none, and then `links` is refused. */
  linkPattern: string;
}

/** The cells of a row as CSV. */
function cellsOf(file: ExportFile): string {
  return file.columns
    .map((column) => (column.name === file.quoted ? `${column.csv} AS quoted` : column.csv))
    .join(", ");
}

/** Has all codes read by their order's index: from some millions on the planner would sort them first, for most of a minute. */
const inOrder = "SET LOCAL enable_sort = off";

const csvFormats: readonly ExportFormat[] = ["csv", "merge", "changes"];
const isCsv = (format: ExportFormat) => csvFormats.includes(format);
const isSheet = (format: ExportFormat) => format === "xlsx" || format === "changes-xlsx";

/** The statement that writes the rows of some queries, one after the other, as CSV. */
function copyOf(queries: string[], file: ExportFile): string {
  const quoted = file.quoted ? ", FORCE_QUOTE (quoted)" : "";
  return `COPY (${queries.map((query) => `(${query})`).join(" UNION ALL ")}) TO STDOUT (FORMAT csv${quoted})`;
}

/** The file's rows, stretch by stretch of the list: each is read by its order's index, so the first come at once. */
function copyStatement(condition: string, request: ExportRequest, file: ExportFile): string {
  const { sort, zone, format, linkPattern } = request;
  const listed = format === "codes" ? "r.code" : linkSql(linkPattern);
  const cells = isSheet(format)
    ? sheetRow(file.columns.map((column) => column.sheet))
    : isCsv(format)
      ? cellsOf(file)
      : listed;
  const rows = wayFrom(sort, { at: "first" }, zone).stretches.map(
    ({ where, order }) =>
      `SELECT ${cells} FROM referral r WHERE ${condition} AND ${inlined(where)} ORDER BY ${inlined(order)}`,
  );
  if (isCsv(format)) return copyOf(rows, file);
  return `COPY (${rows.map((query) => `(${query})`).join(" UNION ALL ")}) TO STDOUT`;
}

/**
 * The line of the columns' names, then the rows. PostgreSQL's own header would cut names at 63 bytes.
 * @param mark begins with a byte order mark, by which spreadsheets tell that the letters are UTF-8
 */
async function* withHeader(names: string[], rows: Readable, mark: boolean): AsyncGenerator<Buffer> {
  yield Buffer.from(`${mark ? "\uFEFF" : ""}${formatRow(names.map(safeCell))}\n`);
  yield* rows;
}

/** @throws DomainError `invalid` for a zone that the database may know as another one, or not at all */
function refuseZone(zone: string): void {
  const strange = zoneProblem(zone);
  if (strange) throw new DomainError("invalid", { reason: "zone_to_change", zone: strange });
}

/** @throws DomainError `invalid` for more codes than a sheet has rows */
async function refuseTooMany(client: PoolClient, from: string): Promise<void> {
  const { rows } = await client.query<{ n: string }>(
    `SELECT count(*) AS n FROM (SELECT ${from} LIMIT ${sheetRowsMax}) r`,
  );
  if (Number(rows[0]?.n) < sheetRowsMax) return;
  throw new DomainError("invalid", { reason: "sheet_full", rows: sheetRowsMax });
}

function fileOf({ format, columns, linkPattern, now }: ExportRequest, reading: Reading): ExportFile {
  if (format === "merge") return mergeFile(linkPattern, reading);
  if (format === "changes" || format === "changes-xlsx") return changesFile(reading);
  return columns === null ? talonOneFile() : viewFile(columns, reading, now);
}

/**
 * The referrals a list shows, whole and in its order, as a file. The database writes the text; it streams at the
 * reader's pace, and stops when the reader goes away.
 * @param gone aborts when the reader goes away, which may be before the stream is read or cancelled by anyone
 * @throws `gone`'s reason when it aborts before the first rows;
 *    DomainError `unavailable` when too many exports run, `invalid` for more codes than an XLSX sheet has rows
 */
export async function exportReferrals(
  { ids }: Scope<"referrals.export">,
  request: ExportRequest,
  gone: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const { filter, zone, now, format, columns, attributes } = request;
  const ofItsOwn = format === "merge" || format === "changes" || format === "changes-xlsx";
  const talonOne = columns === null && !ofItsOwn;
  if (!talonOne) refuseZone(zone); // Talon.One's columns are in UTC
  const condition = inlined(matchingAll({ ...ids, zone, now }, filter));
  const reading = { timeZone: zone, attributes };
  const file = fileOf(request, reading);
  const rows = await copied(copyStatement(condition, request, file), gone, async (client) => {
    if (!narrows(filter)) await client.query(inOrder);
    if (isSheet(format)) await refuseTooMany(client, `FROM referral r WHERE ${condition}`);
  });
  const names = file.columns.map(({ name }) => name);
  if (isCsv(format)) return webStream(withHeader(names, rows, !talonOne), () => rows.destroy());
  const body = isSheet(format) ? workbook(names, rows) : rows;
  return webStream(body, () => {
    rows.destroy();
    body.destroy();
  });
}

/** Which codes a program asks for: of one campaign, or of the whole application where that is null. */
export interface AskedExport {
  campaignId: number | null;
  asked: Omit<AskedOfCodes, "code" | "advocate">;
  dates: DateFormat;
  now: Date;
}

/**
 * The codes that a program asks for as CSV with Talon.One's columns, newest first: text that ends when its reader does.
 * @param gone as for `exportReferrals`
 * @throws as `exportReferrals`
 */
export async function exportAsked(
  { ids: { applicationId } }: Scope<"referrals.export", ApplicationIds>,
  { campaignId, asked, dates, now }: AskedExport,
  gone: AbortSignal,
): Promise<AsyncIterable<Buffer>> {
  const file = talonOneFile(dates);
  const condition =
    campaignId === null
      ? matchingEverywhere({ applicationId, now }, asked)
      : matchingAsked({ applicationId, campaignId, zone: "UTC", now }, asked);
  // an index has either order
  const order = campaignId === null ? "r.id DESC" : "r.created DESC, r.id DESC";
  const from = `FROM referral r WHERE ${inlined(condition)} ORDER BY ${order}`;
  const whole = Object.values(asked).every((value) => value === undefined);
  const rows = await copied(copyOf([`SELECT ${cellsOf(file)} ${from}`], file), gone, async (client) => {
    if (whole) await client.query(inOrder);
  });
  return withHeader(
    file.columns.map(({ name }) => name),
    rows,
    false,
  );
}

/**
 * What a COPY statement writes, once its first rows are there. Holds a slot and a connection until it ends or is destroyed.
 * @param before runs in the same transaction
 */
async function copied(
  copy: string,
  gone: AbortSignal,
  before: (client: PoolClient) => Promise<void> = async () => {},
): Promise<Readable> {
  const freeSlot = takeSlot();
  const { client, ...connection } = await takeConnection().catch((error) => {
    freeSlot();
    throw error;
  });
  // A connection whose query is not over is closed: that ends the query.
  const giveBack = (broken: boolean) => {
    connection.giveBack(broken);
    freeSlot();
  };
  try {
    gone.throwIfAborted();
    gone.addEventListener("abort", () => giveBack(true), { once: true });
    await client.query("BEGIN READ ONLY");
    await client.query(`SET LOCAL statement_timeout = ${exportTimeout}`);
    await before(client);
    await client.query("SET LOCAL max_parallel_workers_per_gather = 0"); // stretches come one after the other
    const rows = client.query(copyTo(copy));
    rows.on("error", (error) => rows.destroy(error)); // it does not do so itself, and may not be read yet
    rows.once("close", () => {
      if (!rows.readableEnded) return giveBack(true);
      client.query("COMMIT").then(
        () => giveBack(false),
        () => giveBack(true),
      );
    });
    await once(rows, "readable"); // a statement that fails is an error answer, not a broken file
    return rows;
  } catch (error) {
    giveBack(true);
    throw gone.aborted ? gone.reason : error;
  }
}
