import type { AttributeDefinition, AttributeValues } from "@/lib/attributes/rules";
import { attributeField } from "@/lib/codes/fields";
import { type CaseRule, integrationIdProblem, storedCode, tidied, trimmed, usageLimitMax } from "@/lib/codes/rules";
import { attributesReader, readOwnAttribute, togetherProblem } from "@/lib/referrals/row-attributes";
import { type DateRules, readDateCell } from "@/lib/referrals/row-dates";
import {
  type Assumption,
  firstProblems,
  type ProblemCause,
  type RowProblem,
  rowProblem,
} from "@/lib/referrals/row-problems";
import type { RowReason } from "@/lib/referrals/row-reasons";
import { shortened } from "@/lib/shortened";

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
/** What a column of a file can hold: one of these, or the values of one attribute. */
export type ImportField = ImportColumn | `attributes.${string}`;
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
export interface ImportRules extends DateRules {
  caseRule: CaseRule;
  definitions: readonly AttributeDefinition[];
  /** Which columns are read; all where it is left out. Rows without the column of codes have none. */
  columns?: readonly ImportColumn[];
  /** On which zone's clocks a column has its dates, where the file's first line says so. */
  zones?: ReadonlyMap<ImportField, string>;
  /** The attributes that have columns of their own. */
  ownAttributes?: readonly AttributeDefinition[];
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Reads one row: `cell` gives the text of a column, empty when the file has no such column. A blank limit is 1, a blank
 * date no bound. Every problem is named, not only the first.
 * @param assume hears what was assumed, once for each cell
 */
export function readReferral(
  cell: (column: ImportField) => string,
  rules: ImportRules,
  assume: (assumption: Assumption) => void = () => {},
): { referral: ImportedReferral; problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const unguarded = (text: string) => {
    const plain = plainCell(text);
    if (plain !== text) assume("unguarded");
    return plain;
  };
  const value = (column: ImportField) => unguarded(cell(column));
  const refuse = (cause: ProblemCause, column: ImportField, reason: RowReason) => {
    problems.push(rowProblem({ cause, column, value: cell(column), reason }));
    return null;
  };
  const readTidied = (column: ImportField, trimming: Assumption) => {
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
  const readDate = (column: "startdate" | "expirydate") => {
    const text = value(column).trim();
    if (text === "") return null;
    const bound = column === "expirydate" ? "end" : "start";
    const date = readDateCell(text, bound, rules, rules.zones?.get(column), assume);
    return date instanceof Date ? date : refuse("date", column, date);
  };
  const readLimit = () => {
    const text = value("limitval").trim();
    if (text === "") return 1;
    if (text.toLowerCase() === "unlimited") return 0;
    if (/^\d{1,20}$/.test(text) && Number(text) <= usageLimitMax) return Number(text);
    return refuse("limit", "limitval", { reason: "row_limit" });
  };
  const readJson = () => {
    const text = value("attributes").trim();
    if (text === "") return {};
    const read = attributesReader(rules.definitions)(text);
    if (!Array.isArray(read)) return read;
    for (const reason of read) refuse("attributes", "attributes", reason);
    return null;
  };
  const readAttributes = () => {
    const json = readJson();
    if (!rules.ownAttributes?.length) return json;
    const values: AttributeValues = { ...json };
    let wrong = json === null;
    const refuseOwn = (column: ImportField, reason: RowReason) => {
      wrong = true;
      return refuse("attributes", column, reason);
    };
    for (const definition of rules.ownAttributes) {
      const column = attributeField(definition.name);
      const text = value(column).trim();
      if (text === "") continue;
      const readTime = (time: string) => readDateCell(time, "start", rules, undefined, assume);
      const read = readOwnAttribute(definition, text, rules.timeZone, readTime);
      if ("problem" in read) refuseOwn(column, read.problem);
      else if (json && Object.hasOwn(json, definition.name) && !same(json[definition.name], read.value))
        refuseOwn(column, { reason: "row_attribute_twice", name: definition.name });
      else values[definition.name] = read.value;
    }
    if (wrong) return null;
    const together = togetherProblem(values);
    return together ? refuse("attributes", "attributes", together) : values;
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
