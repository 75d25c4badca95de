import type { AttributeValues } from "@/lib/attributes/rules";
import { integrationIdProblem, storedCode } from "@/lib/codes/rules";
import type { ImportField } from "@/lib/referrals/csv";
import { attributesReader, togetherProblem } from "@/lib/referrals/row-attributes";
import { type CellText, type ImportRules, RowCells } from "@/lib/referrals/row-cells";
import { type Assumption, firstProblems, type RowProblem } from "@/lib/referrals/row-problems";
import type { RowReason } from "@/lib/referrals/row-reasons";
import { shortened } from "@/lib/shortened";

/** What a row says; a field with a problem is null. */
export interface ImportedReferral {
  code: string | null;
  advocateIntegrationId: string | null;
  usageLimit: number | null;
  validFrom: Date | null;
  validUntil: Date | null;
  attributes: AttributeValues | null;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Reads one row of a file that makes codes: a blank limit is 1, a blank date no bound. Every problem is named, not only the first.
 * @param assume hears what was assumed, once for each cell
 */
export function readReferral(
  cell: CellText,
  rules: ImportRules,
  assume: (assumption: Assumption) => void = () => {},
): { referral: ImportedReferral; problems: RowProblem[] } {
  const cells = new RowCells(cell, rules, assume);

  const readCode = () => {
    if (rules.columns && !rules.columns.includes("code")) return null;
    const code = cells.tidied("code", "trimmedCodes");
    if (code === "") return cells.refuse("code", "code", { reason: "row_without_code" });
    const stored = storedCode(code, rules.caseRule);
    return "problem" in stored ? cells.refuse("code", "code", stored.problem) : stored.code;
  };
  const readAdvocate = () => {
    const id = cells.tidied("advocateprofileintegrationid", "trimmedIds");
    const problem = id === "" ? ({ reason: "row_without_advocate" } as const) : integrationIdProblem(id);
    return problem ? cells.refuse("advocate", "advocateprofileintegrationid", problem) : id;
  };
  const readDate = (column: "startdate" | "expirydate") => {
    const text = cells.value(column).trim();
    if (text === "") return null;
    const date = cells.date(column, text);
    return date instanceof Date ? date : cells.refuse("date", column, date);
  };
  const readLimit = () => {
    const text = cells.value("limitval").trim();
    if (text === "") return 1;
    return cells.limit(text) ?? cells.refuse("limit", "limitval", { reason: "row_limit" });
  };
  const readJson = () => {
    const text = cells.value("attributes").trim();
    if (text === "") return {};
    const read = attributesReader(rules.definitions)(text);
    if (!Array.isArray(read)) return read;
    for (const reason of read) cells.refuse("attributes", "attributes", reason);
    return null;
  };
  const readAttributes = () => {
    const json = readJson();
    if (!rules.ownAttributes?.length) return json;
    const values: AttributeValues = { ...json };
    let wrong = json === null;
    const refuseOwn = (column: ImportField, reason: RowReason) => {
      wrong = true;
      return cells.refuse("attributes", column, reason);
    };
    for (const { definition, column } of cells.ownColumns) {
      const text = cells.value(column).trim();
      if (text === "") continue;
      const read = cells.attribute(definition, text);
      if ("problem" in read) refuseOwn(column, read.problem);
      else if (json && Object.hasOwn(json, definition.name) && !same(json[definition.name], read.value))
        refuseOwn(column, { reason: "row_attribute_twice", name: definition.name });
      else values[definition.name] = read.value;
    }
    if (wrong) return null;
    const together = togetherProblem(values);
    return together ? cells.refuse("attributes", "attributes", together) : values;
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
    cells.refuse("dates", "expirydate", {
      reason: "row_ends_before_start",
      start: shortened(cell("startdate"), 120),
    });
  }
  return { referral, problems: firstProblems(cells.problems) };
}
