import { attributesMax, byteSize, sizeProblem } from "@/lib/attributes/limits";
import type { AttributesReason, NameReason, SuggestionsReason, ValueReason } from "@/lib/attributes/reasons";
import { storableProblem } from "@/lib/codes/rules";
import type { Problem } from "@/lib/errors";
import { parseStrictInstant } from "@/lib/instant";
import type { InstantReason } from "@/lib/instant-reasons";
import { shortened } from "@/lib/shortened";

export const attributeTypes = [
  "string",
  "number",
  "boolean",
  "time",
  "(list string)",
  "(list number)",
  "(list time)",
] as const;
export type AttributeType = (typeof attributeTypes)[number];
export type ScalarType = "string" | "number" | "boolean" | "time";

/** A value an attribute can hold; times are RFC 3339 text. */
export type AttributeValue = string | number | boolean | string[] | number[];
export type AttributeValues = Record<string, AttributeValue>;

/** An attribute of an application's referrals. `restricted` allows only the suggestions. */
export interface AttributeDefinition {
  name: string;
  title: string;
  description: string;
  type: AttributeType;
  suggestions: (string | number)[];
  restricted: boolean;
}

/** The list that holds values of the type, such as suggestions for it; null for yes and no, which need none. */
export function listOf(type: AttributeType): AttributeType | null {
  if (type.startsWith("(list ") || type === "boolean") return type === "boolean" ? null : type;
  return `(list ${type})` as AttributeType;
}

/** What is wrong with an attribute's name, or null. Names are keys of JSON and of forms, so some words are reserved. */
export function attributeNameProblem(name: string): NameReason | null {
  if (name === "") return { reason: "attribute_name_empty" };
  if (!/^[A-Za-z]\w{0,99}$/.test(name)) return { reason: "attribute_misnamed", name: shown(name) };
  return name in {} ? { reason: "attribute_name_reserved", name } : null;
}

/** How many characters a text can have. */
export const textMax = 10_000;
/** How many values a list can hold. */
export const listMax = 1000;

/** Why a value is none of the type, or null; more is only known of times. */
function misfit(type: ScalarType, value: unknown): { instant?: InstantReason } | null {
  if (type === "time" && typeof value === "string") {
    const instant = parseStrictInstant(value);
    return instant instanceof Date ? null : { instant };
  }
  return typeof value === type && (type !== "number" || Number.isFinite(value)) ? null : {};
}

function shown(value: unknown): string {
  return shortened(JSON.stringify(value) ?? String(value), 57);
}

/** What is wrong with the number of a list's values, or null. */
export function lengthProblem(name: string, length: number): ValueReason | null {
  return length <= listMax ? null : { reason: "value_long_list", name, length };
}

/** What is wrong with one value for a definition, or null. */
export function attributeProblem(definition: AttributeDefinition, value: unknown): ValueReason | null {
  const { name, type } = definition;
  if (!type.startsWith("(list ")) return itemProblem(definition, type as ScalarType, value);
  const scalar = type.slice(6, -1) as ScalarType;
  if (!Array.isArray(value)) return { reason: "value_no_list", name, type: scalar, value: shown(value) };
  const tooMany = lengthProblem(name, value.length);
  if (tooMany) return tooMany;
  for (const item of value) {
    const problem = itemProblem(definition, scalar, item);
    if (problem) return problem;
  }
  return null;
}

function itemProblem(definition: AttributeDefinition, type: ScalarType, item: unknown): ValueReason | null {
  const { name, suggestions } = definition;
  const why = misfit(type, item);
  if (why !== null) return { reason: "value_type", name, type, value: shown(item), ...why };
  if (typeof item === "string" && item.length > textMax)
    return { reason: "value_long_text", name, length: item.length };
  const text = typeof item === "string" ? storableProblem(item) : null;
  if (text) return { reason: "value_text", name, text };
  if (!definition.restricted || suggestions.includes(item as string | number)) return null;
  const [allowed, more] = first(suggestions.map(shown), 10);
  return { reason: "value_not_allowed", name, value: shown(item), allowed, more };
}

/** How many values an attribute can suggest. */
export const suggestionsMax = 50;

/** What is wrong with the values that an attribute suggests or is restricted to, or null. */
export function suggestionsProblem(attribute: {
  name: string;
  type: AttributeType;
  suggestions: (string | number)[];
  restricted: boolean;
}): SuggestionsReason | null {
  const { name, type, suggestions, restricted } = attribute;
  const list = listOf(type);
  if (!list) return suggestions.length > 0 || restricted ? { reason: "suggestions_of_boolean" } : null;
  if (restricted && suggestions.length === 0) return { reason: "suggestions_missing" };
  if (suggestions.length > suggestionsMax) return { reason: "suggestions_many", count: suggestions.length };
  const twice = suggestions.find((value, index) => suggestions.indexOf(value) !== index);
  if (twice !== undefined) return { reason: "suggestion_twice", value: shown(twice) };
  return attributeProblem(
    { name, title: "", description: "", type: list, suggestions: [], restricted: false },
    suggestions,
  );
}

/** The first of many texts, and how many more there are. */
function first(texts: string[], most: number): [string[], number] {
  return [texts.slice(0, most), Math.max(0, texts.length - most)];
}

/** One reason for all names that no attribute has. */
export function unknownNames(names: readonly string[], definitions: readonly { name: string }[]): AttributesReason {
  const [told, more] = first(
    names.map((name) => shortened(name)),
    5,
  );
  const [known, moreKnown] = first(
    definitions.map(({ name }) => shortened(name)),
    20,
  );
  return { reason: "attributes_unknown", names: told, more, known, moreKnown };
}

/**
 * What is wrong with an attributes object, by the path of each value; none when it can be stored. All unknown names together
 * are one problem, under the first of them; what is wrong with all values together stands under `attributes`.
 */
export function attributeProblems(
  definitions: readonly AttributeDefinition[],
  values: Record<string, unknown>,
): Problem<AttributesReason>[] {
  const problems: Problem<AttributesReason>[] = [];
  const names = Object.keys(values);
  const whole: AttributesReason | null =
    names.length > attributesMax
      ? { reason: "attributes_many", count: names.length }
      : sizeProblem(byteSize(JSON.stringify(values)));
  if (whole) problems.push({ field: ["attributes"], reason: whole });
  for (const definition of definitions) {
    if (!Object.hasOwn(values, definition.name)) continue;
    const reason = attributeProblem(definition, values[definition.name]);
    if (reason) problems.push({ field: ["attributes", definition.name], reason });
  }
  const known = new Set(definitions.map(({ name }) => name));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown[0] !== undefined)
    problems.push({ field: ["attributes", shortened(unknown[0], 100)], reason: unknownNames(unknown, definitions) });
  return problems;
}
