import { parseAttributeText } from "@/lib/attributes/input";
import { typedSentences } from "@/lib/attributes/reasons";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { attributeOf, codeField } from "@/lib/codes/fields";
import { usageLimitMax } from "@/lib/codes/rules";
import type { FieldProblems } from "@/lib/errors";
import { formatCount, formatNumber } from "@/lib/format";
import { changesNothing, type EditChanges, editChangesField } from "@/lib/operations/schema";
import { say } from "@/lib/say";
import { readWholeNumber } from "@/lib/whole-number";
import { asLabel, unlimited } from "@/lib/words";
import { parseZoned } from "@/lib/zone";
import { clockSentences } from "@/lib/zone-reasons";

/** What one row of the form says: what to do with a field, and the text of its control. */
export interface Instruction {
  do: "leave" | "set" | "clear" | "shift" | "weeks" | "monthEnd" | "raise" | "unlimited";
  text: string;
}

/** The form by field name: `validFrom`, `usageLimit`, `attributes.tier`, … A field that is not in it is left. */
export type EditState = Record<string, Instruction>;

/** The name of the row that says whether redeemed codes are left alone; "set" is yes. */
export const onlyUnredeemed = "onlyUnredeemed";

export const leave: Instruction = { do: "leave", text: "" };

/** What the form means, once all of it can be read; `problems` are for fields that are filled in but wrong. */
interface ReadEdit {
  /** Null while something is missing or wrong, and when nothing is to change. */
  changes: EditChanges | null;
  problems: FieldProblems;
}

/** What is wrong with a number of days or weeks, or null. A hundred years is far enough. */
function shiftProblem(number: number, text: string, unit: "day" | "week"): string | null {
  const most = unit === "day" ? 36_500 : 5_200;
  if (number !== 0 && Math.abs(number) <= most) return null;
  return `“${text.trim()}” is not possible: shift by 1 to ${formatNumber(most)} ${unit}s, or by a negative number to go back.`;
}

/** What is wrong with a redemption limit, or with what it is raised by, or null. */
function limitProblem(number: number, text: string, raise: boolean): string | null {
  if (number >= (raise ? 1 : 0) && number <= usageLimitMax) return null;
  const most = formatNumber(usageLimitMax);
  return raise
    ? `“${text.trim()}” is not possible: raise the limit by 1 to ${most}.`
    : `“${text.trim()}” is out of range: the redemption limit is a whole number from 0 (unlimited) to ${most}.`;
}

/** What an edit to unlimited means. */
export const unlimitedText = unlimitedFor("each code");

function unlimitedFor(code: string): string {
  return `${asLabel(unlimited)}: ${code} can be redeemed as often as friends like.`;
}

/** What a limit that is being typed will mean; only the rule where it is wrong or not there yet. */
export function limitHelp(row: Instruction, wrong: boolean, code: "each code" | "the code" = "each code"): string {
  const number = readWholeNumber(row.text);
  if (wrong || typeof number === "string")
    return row.do === "set" ? `0 means ${unlimited}.` : "Unlimited codes stay unlimited.";
  if (row.do === "raise") return `Each limit rises by ${formatNumber(number)}; unlimited codes stay unlimited.`;
  return number === 0 ? unlimitedFor(code) : `${asLabel(code)} can be redeemed ${formatCount(number, "time")}.`;
}

/** The instruction as the server takes it, a sentence about its text, or null while its text is missing. */
function readInstruction(
  field: string,
  row: Instruction,
  definitions: readonly AttributeDefinition[],
  zone: string,
): object | string | null {
  if (row.do === "leave") return { do: "leave" };
  const name = attributeOf(field);
  const attribute = definitions.find((definition) => definition.name === name);
  if (row.do === "clear") return { do: attribute ? "remove" : "clear" };
  if (row.do === "unlimited") return { do: "set", value: 0 };
  if (row.do === "monthEnd") return { do: "monthEnd" };
  if (row.text === "" || (row.text.trim() === "" && !attribute)) return null;
  if (row.do === "shift" || row.do === "weeks" || row.do === "raise") {
    const number = readWholeNumber(row.text);
    if (typeof number === "string") return number;
    if (row.do === "raise") return limitProblem(number, row.text, true) ?? { do: "raise", by: number };
    const [unit, length] = row.do === "weeks" ? (["week", 7] as const) : (["day", 1] as const);
    return shiftProblem(number, row.text, unit) ?? { do: "shift", days: length * number };
  }
  if (attribute) {
    const parsed = parseAttributeText(attribute, row.text, zone);
    return "problem" in parsed ? say(typedSentences, parsed.problem) : { do: "set", value: parsed.value };
  }
  const { bound, type } = codeField(field) ?? {};
  if (bound) {
    const instant = parseZoned(row.text, zone, bound);
    return instant instanceof Date ? { do: "set", value: instant.toISOString() } : say(clockSentences, instant);
  }
  if (type === "int") {
    const number = readWholeNumber(row.text);
    if (typeof number === "string") return number;
    return limitProblem(number, row.text, false) ?? { do: "set", value: number };
  }
  return { do: "set", value: row.text };
}

/** A server's or schema's problem path as the name of the form's row: `changes.validUntil.value` is `validUntil`. */
export function rowOfPath(path: string): string {
  return path.replace(/^changes\./, "").replace(/\.(do|value|days|by)$/, "");
}

/** Reads the form into an edit by the same schema that the server uses. */
export function readEdit(state: EditState, definitions: readonly AttributeDefinition[], zone: string): ReadEdit {
  const problems: FieldProblems = {};
  const raw: Record<string, unknown> = {};
  const attributes: Record<string, unknown> = {};
  let missing = false;
  for (const [field, row] of Object.entries(state)) {
    if (field === onlyUnredeemed) {
      raw[field] = row.do === "set";
      continue;
    }
    const read = readInstruction(field, row, definitions, zone);
    if (typeof read === "string") problems[field] = read;
    else if (read === null) missing = true;
    else if (attributeOf(field) !== null) attributes[attributeOf(field) ?? ""] = read;
    else raw[field] = read;
  }
  const parsed = editChangesField.safeParse({ ...raw, attributes });
  for (const issue of parsed.error?.issues ?? []) problems[rowOfPath(issue.path.join("."))] ??= issue.message;
  const ready = parsed.success && !missing && Object.keys(problems).length === 0 && !changesNothing(parsed.data);
  return { changes: ready ? parsed.data : null, problems };
}
