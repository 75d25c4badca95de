import pg from "pg";
import { attributeTitle, type Reading } from "@/lib/attributes/titles";
import { codePlace } from "@/lib/campaigns/links";
import { statusCase } from "@/lib/codes/status-sql";
import { Prisma } from "@/lib/db";
import { instantText } from "@/lib/instant";
import { exportColumns, formulaPattern, formulaStarts } from "@/lib/referrals/csv";
import { type ColumnId, columnTitles } from "@/lib/referrals/list/search-params";
import { sheetNumber, sheetText } from "@/lib/referrals/xlsx";
import type { Bound } from "@/lib/zone";

/** A column of a file: its name, and SQL for its cells of `referral r`. */
export interface ExportColumn {
  name: string;
  csv: string;
  /** The XML of a sheet's cell. */
  sheet: string;
}

export interface ExportFile {
  columns: ExportColumn[];
  /** The column that CSV always quotes. */
  quoted: string | null;
}

const formula = pg.escapeLiteral(formulaPattern);
const suspects = `'{${[..."'", ...formulaStarts].map((first) => first.codePointAt(0))}}'::int[]`;
/** `safeCell` of lib/referrals/csv.ts, said in SQL. A text's first character clears nearly all of them, five times as fast. */
const safe = (value: string, unless = "false") =>
  `CASE WHEN ascii(${value}) = ANY (${suspects}) AND ${value} ~ ${formula} AND NOT (${unless}) THEN '''' || ${value} ELSE ${value} END`;
/** Whole seconds, as Talon.One writes them; a bound keeps its milliseconds where it has some, so that it comes back. */
const seconds = `'YYYY-MM-DD"T"HH24:MI:SS"Z"'`;
const bound = (column: string) =>
  `to_char(${column}, CASE WHEN ${column} = date_trunc('second', ${column}) THEN ${seconds} ELSE 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"' END)`;

/**
 * A bound as a form shows it and reads it back: the day alone where it opens or closes a whole day, and in UTC where the
 * zone's clocks show its time twice or in a year that nobody can type.
 */
export function boundOnClocks(column: string, zone: string, edge: Bound): string {
  const on = (instant: string) => `(${instant} AT TIME ZONE ${pg.escapeLiteral(zone)})`;
  const local = on(column);
  const inside = edge === "start" ? local : on(`(${column} - interval '1 millisecond')`);
  const twice = ["1 hour", "30 minutes", "2 hours"].flatMap((shift) =>
    ["-", "+"].map((sign) => `${on(`(${column} ${sign} interval '${shift}')`)} = ${local}`),
  );
  const odd = `extract(year FROM ${local}) NOT BETWEEN 1900 AND 9999 OR extract(year FROM ${inside}) NOT BETWEEN 1900 AND 9999`;
  return `CASE WHEN ${odd} OR ${twice.join(" OR ")} THEN ${bound(column)}
    WHEN ${local} = date_trunc('day', ${local}) THEN to_char(${inside}, 'YYYY-MM-DD')
    ELSE to_char(${local}, CASE WHEN ${column} = date_trunc('second', ${column}) THEN 'YYYY-MM-DD HH24:MI:SS' ELSE 'YYYY-MM-DD HH24:MI:SS.MS' END) END`;
}

/** Text that people wrote; text that only we write; a number. A sheet's cell holds text as it is, so it needs no escape there. */
export const written = (name: string, value: string) => ({ name, csv: safe(value), sheet: sheetText(value) });
export const plain = (name: string, value: string) => ({ name, csv: value, sheet: sheetText(value) });
export const number = (name: string, value: string) => ({ name, csv: value, sheet: sheetNumber(value) });

/** What a code holds of an attribute. A number is no formula, also where it begins with a minus. */
export function attribute(name: string): ExportColumn {
  const value = `(r.attributes ->> ${pg.escapeLiteral(name)})`;
  const isNumber = `jsonb_typeof(r.attributes -> ${pg.escapeLiteral(name)}) = 'number'`;
  return { name, csv: safe(value, isNumber), sheet: sheetText(value) };
}

export const limitTitle = "Redemption limit";
export const limitText = "CASE r.usage_limit WHEN 0 THEN 'unlimited' ELSE r.usage_limit::text END";

/** How a program asks dates to be written: as they are read back, or as spreadsheets read them. */
export const dateFormats = ["ISO8601", "excel"] as const;
export type DateFormat = (typeof dateFormats)[number];
const forExcel = (column: string) => `to_char(${column}, 'YYYY-MM-DD HH24:MI:SS')`;

const talonOne: Record<(typeof exportColumns)[number], (name: string, dates: DateFormat) => ExportColumn> = {
  id: (name) => plain(name, "r.id::text"),
  created: (name, dates) => plain(name, dates === "excel" ? forExcel("r.created") : `to_char(r.created, ${seconds})`),
  campaignid: (name) => number(name, "r.campaign_id"),
  advocateprofileintegrationid: (name) => written(name, "r.advocate_integration_id"),
  friendprofileintegrationid: (name) => written(name, "r.friend_integration_id"),
  startdate: (name, dates) => plain(name, dates === "excel" ? forExcel("r.valid_from") : bound("r.valid_from")),
  expirydate: (name, dates) => plain(name, dates === "excel" ? forExcel("r.valid_until") : bound("r.valid_until")),
  code: (name) => written(name, "r.code"),
  importid: (name) => plain(name, "r.import_id::text"),
  attributes: (name) => plain(name, "r.attributes::text"),
  batchid: (name) => plain(name, "r.batch_id"),
  counter: (name) => number(name, "r.usage_counter"),
  limitval: (name) => number(name, "r.usage_limit"),
};

/** Talon.One's columns, which an import reads back (reference: talon-one-api section 7). */
export function talonOneFile(dates: DateFormat = "ISO8601"): ExportFile {
  return { columns: exportColumns.map((name) => talonOne[name](name, dates)), quoted: "attributes" };
}

/** The columns that a view shows, by the names it shows; times are on the zone's clocks, which their names say. */
export function viewFile(columns: readonly ColumnId[], { timeZone: zone, attributes }: Reading, now: Date): ExportFile {
  const moment = (id: "created", column: string) =>
    plain(
      `${columnTitles[id]} (${zone})`,
      `to_char(${column} AT TIME ZONE ${pg.escapeLiteral(zone)}, 'YYYY-MM-DD HH24:MI:SS')`,
    );
  const edge = (id: "validFrom" | "validUntil", column: string) =>
    plain(`${columnTitles[id]} (${zone})`, boundOnClocks(column, zone, id === "validFrom" ? "start" : "end"));
  const status = statusCase(Prisma.raw(`${pg.escapeLiteral(now.toISOString())}::timestamptz`)).sql;
  const cells: Record<keyof typeof columnTitles, () => ExportColumn[]> = {
    code: () => [written(columnTitles.code, "r.code")],
    status: () => [plain(columnTitles.status, status)],
    redemptions: () => [number(columnTitles.redemptions, "r.usage_counter"), plain(limitTitle, limitText)],
    advocate: () => [written(columnTitles.advocate, "r.advocate_integration_id")],
    friend: () => [written(columnTitles.friend, "r.friend_integration_id")],
    batch: () => [plain(columnTitles.batch, "r.batch_id")],
    origin: () => [plain(columnTitles.origin, "r.origin")],
    created: () => [moment("created", "r.created")],
    validFrom: () => [edge("validFrom", "r.valid_from")],
    validUntil: () => [edge("validUntil", "r.valid_until")],
    attributes: () => [plain(columnTitles.attributes, "r.attributes::text")],
  };
  const known = columns.flatMap((id) => {
    if (Object.hasOwn(cells, id)) return cells[id as keyof typeof columnTitles]();
    const name = id.slice("attr.".length);
    return [{ ...attribute(name), name: attributeTitle(attributes, name) }];
  });
  return { columns: known, quoted: null };
}

// What `encodeURIComponent` leaves as it is.
const kept = `COLLATE "C" ~ '^[A-Za-z0-9_.!~*''()-]*$'`;
const byte = "get_byte(convert_to(r.code, 'UTF8'), at)";
/** A code as it stands in a link: `encodeURIComponent`, said in SQL. */
const escapedCode = `CASE WHEN r.code ${kept} THEN r.code ELSE (
  SELECT string_agg(CASE WHEN chr(${byte}) ${kept} THEN chr(${byte}) ELSE '%' || upper(lpad(to_hex(${byte}), 2, '0')) END, '' ORDER BY at)
  FROM generate_series(0, octet_length(r.code) - 1) at) END`;

/** The link of a code, as SQL. @param pattern one that `linkProblem` finds nothing against */
export function linkSql(pattern: string): string {
  return `replace(${pg.escapeLiteral(pattern)}, ${pg.escapeLiteral(codePlace)}, ${escapedCode})`;
}

/** What a mail to each advocate needs: who, the code, its link where the campaign has links, its end, every attribute. */
export function mergeFile(linkPattern: string, { timeZone: zone, attributes }: Reading): ExportFile {
  const until = plain(`${columnTitles.validUntil} (${zone})`, boundOnClocks("r.valid_until", zone, "end"));
  return {
    columns: [
      written(columnTitles.advocate, "r.advocate_integration_id"),
      written(columnTitles.code, "r.code"),
      ...(linkPattern ? [plain("Link", linkSql(linkPattern))] : []),
      until,
      ...attributes.map(({ name }) => ({ ...attribute(name), name: attributeTitle(attributes, name) })),
    ],
    quoted: null,
  };
}

/** The query with its values as literals, because COPY takes no parameters. */
export function inlined(query: Prisma.Sql): string {
  const literal = (value: unknown): string => {
    if (typeof value === "number" || typeof value === "bigint") return String(value);
    if (value instanceof Date) return `${pg.escapeLiteral(instantText(value))}::timestamptz`;
    if (Array.isArray(value)) return `ARRAY[${value.map(literal).join(", ")}]::text[]`;
    return pg.escapeLiteral(String(value));
  };
  return query.strings.map((text, index) => (index === 0 ? text : literal(query.values[index - 1]) + text)).join("");
}
