import type { CampaignIds } from "@/lib/access/scope";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { attributeField } from "@/lib/codes/fields";
import { type Recorded, recordedOf } from "@/lib/codes/recorded";
import { foldCode, integrationIdProblem, tidied } from "@/lib/codes/rules";
import { parseInstant } from "@/lib/instant";
import type { ImportField } from "@/lib/referrals/csv";
import { type CellText, type ImportRules, RowCells } from "@/lib/referrals/row-cells";
import { type Assumption, firstProblems, type RowProblem } from "@/lib/referrals/row-problems";
import { readUploadKey, type UploadKey } from "@/lib/referrals/upload-key";
import { shortened } from "@/lib/shortened";

/** What a row changes of a code: the fields whose cells say something else than when the file was made. */
export interface ChangedCells {
  referralId: string;
  code: string;
  /** What the file says now, JSON null for an emptied cell. */
  wanted: Recorded;
  /** What the same fields held when it was made. */
  base: Recorded;
}

const nothing = "null";
function text(value: unknown): string {
  if (typeof value === "string") return value.replace(/\r\n?/g, "\n");
  if (value === null || value === undefined) return "";
  // the database has a blank between the values of a list
  return Array.isArray(value) ? `[${value.map((one) => JSON.stringify(one)).join(", ")}]` : JSON.stringify(value);
}

/** Whether a cell says what an export wrote for a value, as it is or behind the guard against formulas. */
function isAsWritten(cell: string, plain: string, was: unknown): boolean {
  const written = text(was);
  return [cell, plain].some((one) => text(one) === written);
}

const sameTime = (one: unknown, other: unknown) => {
  const [first, second] = [one, other].map((value) => parseInstant(String(value)));
  return first instanceof Date && second instanceof Date && first.getTime() === second.getTime();
};

/** Whether a cell's value is what the attribute held, however either is written: a time by its instant. */
function isSameValue({ type }: AttributeDefinition, value: unknown, was: unknown): boolean {
  if (JSON.stringify(value) === JSON.stringify(was)) return true;
  if (type === "time") return sameTime(value, was);
  if (type !== "(list time)" || !Array.isArray(value) || !Array.isArray(was)) return false;
  return value.length === was.length && value.every((one, index) => sameTime(one, was[index]));
}

/** Spreadsheets write times without their seconds: a cell that ends with the minute says what it said before. */
function isSameBound(cell: string, date: Date, was: Date): boolean {
  const cut = cell.split(":").length === 2;
  const [now, then] = [date.getTime(), was.getTime()];
  return now === then || (cut && now === then - (((then % 60_000) + 60_000) % 60_000));
}

function heldBound({ base }: UploadKey, field: "validFrom" | "validUntil"): Date | null {
  const held = new Date(String(base[field] ?? ""));
  return Number.isNaN(held.getTime()) ? null : held;
}

/** Reads the cells of one row, each against what its field held when the file was made. */
class RowChanges extends RowCells {
  readonly wanted: (readonly [string, string])[] = [];
  readonly base: (readonly [string, string])[] = [];

  #change(key: UploadKey, field: string, json: string): void {
    this.wanted.push([field, json]);
    this.base.push([field, JSON.stringify(key.base[field] ?? null)]);
  }

  limitOf(key: UploadKey): void {
    const cell = this.value("limitval").trim();
    const limit = cell === "" ? null : this.limit(cell);
    if (limit === null) this.refuse("limit", "limitval", { reason: "row_limit_needed" });
    else if (limit !== key.base.usageLimit) this.#change(key, "usageLimit", String(limit));
  }

  /** @returns the bound that the row says; null for none */
  boundOf(key: UploadKey, column: "startdate" | "expirydate", field: "validFrom" | "validUntil"): Date | null {
    const was = heldBound(key, field);
    const cell = this.value(column).trim();
    if (cell === "") {
      if (was) this.#change(key, field, nothing);
      return null;
    }
    if (was && cell === was.toISOString().replace(".000Z", "Z")) return was;
    const date = this.date(column, cell);
    if (!(date instanceof Date)) return this.refuse("date", column, date);
    if (was && isSameBound(cell, date, was)) return was;
    for (const [, json] of recordedOf({ [field]: date })) this.#change(key, field, json);
    return date;
  }

  friendOf(key: UploadKey): void {
    const column = "friendprofileintegrationid";
    const was = key.base.friendIntegrationId ?? null;
    if (isAsWritten(this.cell(column), this.value(column), was)) return;
    const friend = this.tidied(column, "trimmedIds");
    if (friend === (was ?? "")) return;
    const problem = friend === "" ? null : integrationIdProblem(friend);
    if (problem) this.refuse("friend", column, problem);
    else if (friend === key.advocate) this.refuse("friend", column, { reason: "row_friend_is_advocate" });
    else this.#change(key, "friendIntegrationId", friend === "" ? nothing : JSON.stringify(friend));
  }

  attributeOf(key: UploadKey, definition: AttributeDefinition, column: ImportField): void {
    const field = attributeField(definition.name);
    const was = Object.hasOwn(key.base, field) ? key.base[field] : null;
    const plain = this.value(column);
    if (isAsWritten(this.cell(column), plain, was)) return;
    if (plain.trim() === "") {
      if (was !== null && was !== "") this.#change(key, field, nothing);
      return;
    }
    const read = this.attribute(definition, plain.trim());
    if ("problem" in read) this.refuse("attributes", column, read.problem);
    else if (!isSameValue(definition, read.value, was)) this.#change(key, field, JSON.stringify(read.value));
  }

  /** Code and advocate never change: other ones mean that rows were mixed up. */
  identity(key: UploadKey, has: (column: ImportField) => boolean): void {
    const is = (column: ImportField, was: string, fold: (one: string) => string) =>
      !has(column) ||
      isAsWritten(this.cell(column), this.value(column), was) ||
      fold(tidied(this.value(column))) === fold(tidied(was));
    const { caseRule } = this.rules;
    if (!is("code", key.code, (one) => foldCode(one, caseRule)))
      this.refuse("changed", "code", { reason: "row_code_changed", code: shortened(key.code, 120) });
    if (!is("advocateprofileintegrationid", key.advocate, (one) => one))
      this.refuse("changed", "advocateprofileintegrationid", {
        reason: "row_advocate_changed",
        advocate: shortened(key.advocate, 120),
      });
  }
}

/** The key of a row of this campaign; null, and said, for any other. */
function keyOf(cells: RowCells, place: CampaignIds): UploadKey | null {
  const cell = cells.value("uploadkey").trim();
  if (cell === "") return cells.refuse("key", "uploadkey", { reason: "row_key_missing" });
  const key = readUploadKey(cell);
  if (!key) return cells.refuse("key", "uploadkey", { reason: "row_key_broken" });
  if (key.applicationId !== place.applicationId)
    return cells.refuse("key", "uploadkey", { reason: "row_key_application" });
  if (key.campaignId !== place.campaignId)
    return cells.refuse("key", "uploadkey", { reason: "row_key_campaign", campaignId: key.campaignId });
  return key;
}

/**
 * Reads one row of a file that changes codes: which it is, and the fields whose cells were changed in the file. A field without a column is left
 * as it is. Every problem is named.
 * @param has whether the file has a column
 * @param place the campaign that the file was uploaded to
 */
export function readChanges(
  cell: CellText,
  has: (column: ImportField) => boolean,
  rules: ImportRules,
  place: CampaignIds,
  assume: (assumption: Assumption) => void = () => {},
): { changed: ChangedCells | null; problems: RowProblem[] } {
  const row = new RowChanges(cell, rules, assume);
  const key = keyOf(row, place);
  if (!key) return { changed: null, problems: row.problems };
  row.identity(key, has);
  if (has("limitval")) row.limitOf(key);
  const bound = (column: "startdate" | "expirydate", field: "validFrom" | "validUntil") => {
    if (has(column)) return row.boundOf(key, column, field);
    return heldBound(key, field);
  };
  const [from, until] = [bound("startdate", "validFrom"), bound("expirydate", "validUntil")];
  const moved = row.wanted.some(([field]) => field === "validFrom" || field === "validUntil");
  if (moved && from && until && from >= until)
    row.refuse("dates", has("expirydate") ? "expirydate" : "startdate", {
      reason: "row_ends_before_start",
      start: shortened(cell("startdate") || from.toISOString(), 120),
    });
  if (has("friendprofileintegrationid")) row.friendOf(key);
  for (const { definition, column } of row.ownColumns) if (has(column)) row.attributeOf(key, definition, column);
  const { referralId, code } = key;
  return {
    changed: { referralId, code, wanted: row.wanted, base: row.base },
    problems: firstProblems(row.problems),
  };
}
