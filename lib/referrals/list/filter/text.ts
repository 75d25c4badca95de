import type { AttributeFilter, ClockRange, NumberRange, ReferralFilter } from "@/lib/referrals/list/filter/schema";

/** The conditions of a filter by the names that the URL gives them; attributes are `attr.<name>` beside them. */
export const filterParams = [
  "q",
  "status",
  "created",
  "validFrom",
  "validUntil",
  "advocate",
  "friend",
  "batch",
  "origin",
  "redemptions",
  "selection",
] as const;
export type FilterParam = (typeof filterParams)[number];

/** A filter as text, condition by condition; an empty text asks nothing. Text that cannot be read stays as it is. */
export interface FilterTexts extends Record<FilterParam, string> {
  attributes: Record<string, string>;
}

/** Reads a text to what the schema judges: what it cannot read it hands on as it is, and the schema refuses it. */
export interface Form<Value> {
  read(text: string): unknown;
  write(value: Value): string;
}

const presence = { none: "unset", any: "set" } as const;
const presenceText = { unset: "none", set: "any" } as const;
const isPresence = (value: unknown): value is keyof typeof presenceText => value === "unset" || value === "set";

/** `a..b`, `a..`, `..b`; `a` alone is from it to it. */
function range<Value extends string | number>(
  end: (text: string) => unknown,
): Form<{ from: Value | null; to: Value | null }> {
  return {
    read(text) {
      const [first = "", second, ...more] = text.split("..");
      if (more.length > 0) return text;
      const bound = (part: string) => (part === "" ? null : end(part));
      return { from: bound(first), to: bound(second ?? first) };
    },
    write: ({ from, to }) => (from === to ? String(from) : `${from ?? ""}..${to ?? ""}`),
  };
}
const isNumber = (text: string) =>
  /^-?\d{1,300}(\.\d{1,300})?(e[+-]?\d{1,3})?$/i.test(text) && Number.isFinite(Number(text));
const clocks = range<string>((text) => text) as Form<ClockRange>;
const numbers = range<number>((text) => (isNumber(text) ? Number(text) : text)) as Form<NumberRange>;

/** Words with commas between them; blanks in a word are written as dashes. */
const words: Form<readonly string[]> = {
  read: (text) => [...new Set(text.split(",").map((word) => word.trim().replaceAll("-", " ")))],
  write: (values) => values.map((value) => value.replaceAll(" ", "-")).join(","),
};

/** A value of its own form, or one of the words for “unset” and “set”. */
function orPresence<Value>(form: Form<Value>): Form<Value | "unset" | "set"> {
  return {
    read: (text) => (Object.hasOwn(presence, text) ? presence[text as keyof typeof presence] : form.read(text)),
    write: (value) => (isPresence(value) ? presenceText[value] : form.write(value as Value)),
  };
}

const plain: Form<string> = { read: (text) => text.trim(), write: (value) => value };

/** `is:` the whole text, `has:` a part of it. */
const comparison: Form<{ is: string } | { contains: string }> = {
  read(text) {
    if (text.startsWith("is:")) return { is: text.slice(3) };
    return text.startsWith("has:") ? { contains: text.slice(4) } : text;
  },
  write: (value) => ("is" in value ? `is:${value.is}` : `has:${value.contains}`),
};

/** Values with commas between them; a comma or backslash within a value has a backslash before it. */
const escapes = (value: string) => value.replace(/[\\,]/g, "\\$&");
/** The values that a text of several is: `gold\\,white,silver` is two. */
export const splits = (text: string) =>
  (text.match(/(?:^|,)(?:\\.|[^\\,])*/gsu) ?? []).map((part, index) =>
    part.slice(index === 0 ? 0 : 1).replace(/\\(.)/gsu, "$1"),
  );

/** `is:gold,silver`, `has:old`, `num:5,7`, `yes`, `5..10`, `2026-11-01..2026-11-30`. */
const attribute: Form<Exclude<AttributeFilter, string>> = {
  read(text) {
    const booleans = text.split(",");
    if (booleans.every((word) => word === "yes" || word === "no"))
      return { oneOf: booleans.map((word) => word === "yes") };
    if (text.startsWith("is:")) return { oneOf: splits(text.slice(3)) };
    if (text.startsWith("has:")) return { contains: text.slice(4) };
    if (text.startsWith("num:"))
      return {
        oneOf: text
          .slice(4)
          .split(",")
          .map((part) => (isNumber(part) ? Number(part) : Number.NaN)),
      };
    const ends = text.split("..").filter((end) => end !== "");
    if (ends.some((end) => /^\d{4}-\d/.test(end))) return { times: clocks.read(text) };
    return ends.some(isNumber) ? { numbers: numbers.read(text) } : text;
  },
  write(value) {
    if ("contains" in value) return `has:${value.contains}`;
    if ("numbers" in value) return numbers.write(value.numbers);
    if ("times" in value) return clocks.write(value.times);
    const [first] = value.oneOf;
    if (typeof first === "boolean") return value.oneOf.map((one) => (one ? "yes" : "no")).join(",");
    return typeof first === "number"
      ? `num:${value.oneOf.join(",")}`
      : `is:${value.oneOf.map((one) => escapes(String(one))).join(",")}`;
  },
};
/** How a condition on an attribute is written and read. */
export const attributeForm: Form<AttributeFilter> = orPresence(attribute);

/** How each condition is written and read. */
export const forms: Record<FilterParam, Form<never>> = {
  q: plain,
  status: words,
  created: clocks,
  validFrom: orPresence(clocks),
  validUntil: orPresence(clocks),
  advocate: comparison,
  friend: orPresence(comparison),
  batch: orPresence(plain),
  origin: words,
  redemptions: {
    read: (text) => (/^[a-z]/.test(text) ? text.replaceAll("-", " ") : numbers.read(text)),
    write: (value: NumberRange | string) =>
      typeof value === "string" ? value.replaceAll(" ", "-") : numbers.write(value),
  },
  selection: plain,
};

/** The filter's name for a condition. */
export const keyOf = (param: FilterParam): Exclude<keyof ReferralFilter, "attributes"> =>
  param === "q" ? "search" : param;

/** The texts that `readFilter` reads back as this filter; every condition that it does not have is empty. */
export function filterTexts(filter: ReferralFilter): FilterTexts {
  const texts = Object.fromEntries(
    filterParams.map((param) => {
      const value = filter[keyOf(param)];
      return [param, value === undefined ? "" : forms[param].write(value as never)];
    }),
  ) as Record<FilterParam, string>;
  const attributes = Object.entries(filter.attributes ?? {}).map(([name, value]) => [name, attributeForm.write(value)]);
  return { ...texts, attributes: Object.fromEntries(attributes) };
}
