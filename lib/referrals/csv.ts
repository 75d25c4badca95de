import { jsonLoss } from "@/lib/attributes/exact";
import { jsonProblem } from "@/lib/attributes/limits";
import type { AttributesReason } from "@/lib/attributes/reasons";
import { type AttributeDefinition, type AttributeValues, attributeProblems } from "@/lib/attributes/rules";
import { type CaseRule, integrationIdProblem, storedCode, tidied, trimmed, usageLimitMax } from "@/lib/codes/rules";
import { parseInstant, readClock } from "@/lib/instant";
import {
  type Assumption,
  firstProblems,
  type ProblemCause,
  type RowProblem,
  rowProblem,
} from "@/lib/referrals/row-problems";
import type { RowReason } from "@/lib/referrals/row-reasons";
import { remembered } from "@/lib/remembered";
import { shortened } from "@/lib/shortened";
import { parseZoned } from "@/lib/zone";

/** The columns an import understands; the first two are required. Header names are compared in lower case. */
export const importColumns = [
  "code",
  "advocateprofileintegrationid",
  "startdate",
  "expirydate",
  "limitval",
  "attributes",
] as const;
export type ImportColumn = (typeof importColumns)[number];
export const requiredColumns: readonly ImportColumn[] = ["code", "advocateprofileintegrationid"];

/** The header of an export, in Talon.One's order. */
export const exportColumns = [
  "id",
  "created",
  "campaignid",
  "advocateprofileintegrationid",
  "friendprofileintegrationid",
  "startdate",
  "expirydate",
  "code",
  "importid",
  "attributes",
  "batchid",
  "counter",
  "limitval",
] as const;

/** With what text begins that a spreadsheet would run: `=`, `+`, `@`, `-` (also full width), tab or line break. */
export const formulaStarts = "=+@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n-";
/** Text that a spreadsheet would run, after any number of `'`. */
export const formulaPattern = `^'*[${formulaStarts}]`;
const formula = new RegExp(formulaPattern);

/** The cell that shows `value` in a spreadsheet without running it: one more `'` in front where needed. */
export function safeCell(value: string): string {
  return formula.test(value) ? `'${value}` : value;
}

/** The value that `safeCell` was given. */
export function plainCell(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}

/** One row as CSV text without its line end; quoted where the text needs it. */
export function formatRow(cells: readonly string[], delimiter = ","): string {
  return cells
    .map((cell) => (cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(delimiter);
}

/** What a row says; a field with a problem is null. */
export interface ImportedReferral {
  code: string | null;
  advocateIntegrationId: string | null;
  usageLimit: number | null;
  validFrom: Date | null;
  validUntil: Date | null;
  attributes: AttributeValues | null;
}

/** What the application says about its codes. */
export interface ImportRules {
  caseRule: CaseRule;
  definitions: readonly AttributeDefinition[];
  /** The zone of its clocks. */
  timeZone: string;
  /** Which columns are read; all where it is left out. Rows without the column of codes have none. */
  columns?: readonly ImportColumn[];
  /** On which zone's clocks a column has its dates, where the file's first line says so. */
  zones?: ReadonlyMap<ImportColumn, string>;
}

/**
 * Reads one row: `cell` gives the text of a column, empty when the file has no such column. A blank limit is 1, a blank
 * date no bound. Every problem is named, not only the first.
 * @param assume hears what was assumed, once for each cell
 */
export function readReferral(
  cell: (column: ImportColumn) => string,
  rules: ImportRules,
  assume: (assumption: Assumption) => void = () => {},
): { referral: ImportedReferral; problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const unguarded = (text: string) => {
    const plain = plainCell(text);
    if (plain !== text) assume("unguarded");
    return plain;
  };
  const value = (column: ImportColumn) => unguarded(cell(column));
  const refuse = (cause: ProblemCause, column: ImportColumn, reason: RowReason) => {
    problems.push(rowProblem({ cause, column, value: cell(column), reason }));
    return null;
  };
  const readTidied = (column: ImportColumn, trimming: Assumption) => {
    const text = cell(column);
    const plain = unguarded(trimmed(text));
    const tidy = tidied(plain);
    const inner = trimmed(plain);
    if (tidy !== "" && (inner !== plain || trimmed(text) !== text)) assume(trimming);
    if (inner !== tidy) assume("composed");
    return tidy;
  };

  const readCode = () => {
    if (rules.columns && !rules.columns.includes("code")) return null;
    const code = readTidied("code", "trimmedCodes");
    if (code === "") return refuse("code", "code", { reason: "row_without_code" });
    const stored = storedCode(code, rules.caseRule);
    return "problem" in stored ? refuse("code", "code", stored.problem) : stored.code;
  };
  const readAdvocate = () => {
    const id = readTidied("advocateprofileintegrationid", "trimmedIds");
    const problem = id === "" ? ({ reason: "row_without_advocate" } as const) : integrationIdProblem(id);
    return problem ? refuse("advocate", "advocateprofileintegrationid", problem) : id;
  };
  const readInstant = (column: "startdate" | "expirydate", text: string) => {
    const instant = parseInstant(text);
    const zone = rules.zones?.get(column);
    if (zone === undefined || instant instanceof Date) return instant;
    const zoned = parseZoned(text, zone, column === "startdate" ? "start" : "end");
    if (zoned instanceof Date) assume("zonedDates");
    return zoned;
  };
  const readDate = (column: "startdate" | "expirydate") => {
    const text = value(column).trim();
    if (text === "") return null;
    const date = readInstant(column, text);
    if (date instanceof Date) return date;
    return refuse(
      "date",
      column,
      wholeDayAdvice(text, column === "expirydate" ? "end" : "start", rules.timeZone) ?? date,
    );
  };
  const readLimit = () => {
    const text = value("limitval").trim();
    if (text === "") return 1;
    if (text.toLowerCase() === "unlimited") return 0;
    if (/^\d{1,20}$/.test(text) && Number(text) <= usageLimitMax) return Number(text);
    return refuse("limit", "limitval", { reason: "row_limit" });
  };
  const readAttributes = () => {
    const text = value("attributes").trim();
    if (text === "") return {};
    const read = attributesReader(rules.definitions)(text);
    if (!Array.isArray(read)) return read;
    for (const reason of read) refuse("attributes", "attributes", reason);
    return null;
  };

  const referral = {
    code: readCode(),
    advocateIntegrationId: readAdvocate(),
    validFrom: readDate("startdate"),
    validUntil: readDate("expirydate"),
    usageLimit: readLimit(),
    attributes: readAttributes(),
  };
  if (referral.validFrom && referral.validUntil && referral.validFrom >= referral.validUntil) {
    refuse("dates", "expirydate", { reason: "row_ends_before_start", start: shortened(cell("startdate"), 120) });
  }
  return { referral, problems: firstProblems(problems) };
}

/** How a day without a time is to be written, so that it means what it means in a form; null for anything else. */
function wholeDayAdvice(text: string, bound: "start" | "end", zone: string): RowReason | null {
  const reading = readClock(text);
  if (reading === null || "reason" in reading || reading.timed) return null;
  const instant = parseZoned(text, zone, bound);
  if (!(instant instanceof Date)) return instant;
  return { reason: "row_day_alone", bound, zone, instant: instant.toISOString().replace(".000Z", "Z") };
}

const attributesReaders = new WeakMap<
  readonly AttributeDefinition[],
  (text: string) => AttributeValues | AttributesReason[]
>();

/** Reads the cell of attributes: their values, or what is wrong with them. */
function attributesReader(definitions: readonly AttributeDefinition[]) {
  const known = attributesReaders.get(definitions);
  if (known) return known;
  const read = remembered((text) => {
    const values = jsonObject(text);
    if ("problem" in values) return [values.problem];
    const wrong = attributeProblems(definitions, values.object).map(({ reason }) => reason);
    return wrong.length > 0 ? wrong : (values.object as AttributeValues);
  });
  attributesReaders.set(definitions, read);
  return read;
}

function jsonObject(text: string): { object: Record<string, unknown> } | { problem: AttributesReason } {
  const unreadable = jsonProblem(text);
  if (unreadable) return { problem: unreadable };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: { reason: "json_invalid" } };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { problem: { reason: "json_no_object" } };
  const loss = jsonLoss(text);
  return loss ? { problem: loss } : { object: value as Record<string, unknown> };
}
