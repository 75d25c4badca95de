import { type AttributeTitle, attributeTitle } from "@/lib/attributes/titles";
import {
  attributeForm,
  type FilterParam,
  type FilterTexts,
  filterParams,
  forms,
} from "@/lib/referrals/list/filter/text";
import { unsetWord } from "@/lib/words";

/** A condition's name in the URL: one of the filter's own, or `attr.<name>`. */
export type ConditionParam = Exclude<FilterParam, "q"> | `attr.${string}`;

/** What a condition is called on the screen. */
export const conditionNames: Record<Exclude<FilterParam, "q">, string> = {
  status: "Status",
  created: "Created",
  validFrom: "Valid from",
  validUntil: "Valid until",
  advocate: "Advocate",
  friend: "Friend",
  batch: "Batch ID",
  origin: "Origin",
  redemptions: "Redemptions",
  selection: "Chosen codes",
};

export const wordLabels: Record<string, string> = {
  active: "Active",
  scheduled: "Scheduled",
  expired: "Expired",
  "used up": "Used up",
  created: "Created here",
  imported: "Imported",
  api: "Created by the API",
};

export const redemptionLabels: Record<string, string> = {
  none: "never redeemed",
  some: "at least one",
  usable: "some left",
  "nearly used up": "nearly used up",
  "used up": "none left",
};

/** What a condition is called; one on an attribute as a column of it. */
export const conditionName = (param: ConditionParam, attributes: readonly AttributeTitle[]): string =>
  param.startsWith("attr.")
    ? attributeTitle(attributes, param.slice(5))
    : conditionNames[param as keyof typeof conditionNames];

/** The conditions that a list's address has, in the order of the choices; the search text is beside them. */
export function conditionsOf(texts: FilterTexts): { param: ConditionParam; text: string }[] {
  const own = filterParams
    .filter((param) => param !== "q")
    .map((param) => ({ param: param as ConditionParam, text: texts[param] }));
  const attributes = Object.entries(texts.attributes).map(([name, text]) => ({
    param: `attr.${name}` as ConditionParam,
    text,
  }));
  return [...own, ...attributes].filter(({ text }) => text.trim() !== "");
}

/** What the address says of one condition, read but not judged: null, text that cannot be read, or a value. */
export function readCondition(param: ConditionParam, text: string): unknown {
  return text === ""
    ? null
    : param.startsWith("attr.")
      ? attributeForm.read(text)
      : forms[param as FilterParam].read(text);
}

/** The text of a value in the address. */
export function writeCondition(param: ConditionParam, value: unknown): string {
  return (param.startsWith("attr.") ? attributeForm : forms[param as FilterParam]).write(value as never);
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `2026-11-01T14:30` as the list writes dates: 1 Nov 2026, 14:30. */
export function clockText(clock: string): string {
  const [, year, month, day, time] = /^(\d{4})-(\d{2})-(\d{2})(?:T(.+))?$/.exec(clock) ?? [];
  const name = months[Number(month) - 1];
  return name ? `${Number(day)} ${name} ${year}${time ? `, ${time}` : ""}` : clock;
}

function rangeText(range: object, endText: (end: never) => string): string | null {
  if (!("from" in range) || !("to" in range)) return null;
  const { from, to } = range as { from: never | null; to: never | null };
  if (from !== null && from === to) return endText(from);
  if (from === null) return to === null ? null : `up to ${endText(to)}`;
  return to === null ? `from ${endText(from)}` : `${endText(from)} – ${endText(to)}`;
}

/** A condition in words for its chip, without its name: “is not set”, “1 Nov 2026 – 30 Nov 2026”. Unreadable text stays. */
export function conditionText(param: ConditionParam, text: string): string {
  if (param === "selection") return `set ${text}`;
  const value = readCondition(param, text);
  if (value === "unset") return unsetWord(param);
  if (value === "set") return "set";
  if (param === "redemptions" && typeof value === "string") return redemptionLabels[value] ?? text;
  if (Array.isArray(value)) return value.map((word) => wordLabels[word] ?? word).join(", ");
  if (typeof value !== "object" || value === null) return text;
  if ("contains" in value) return `contains “${value.contains}”`;
  if ("is" in value) return `is “${value.is}”`;
  if ("oneOf" in value)
    return (value.oneOf as unknown[]).map((one) => (one === true ? "yes" : one === false ? "no" : one)).join(", ");
  if ("times" in value) return rangeText(value.times as object, clockText) ?? text;
  if ("numbers" in value) return rangeText(value.numbers as object, String) ?? text;
  return rangeText(value, param === "redemptions" ? String : clockText) ?? text;
}
