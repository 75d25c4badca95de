import { attributesMax, byteSize, enumerated, sizeProblem } from "@/lib/attributes/limits";
import { storableProblem } from "@/lib/codes/rules";
import type { FieldProblems } from "@/lib/errors";
import { formatNumber } from "@/lib/format";
import { parseStrictInstant } from "@/lib/instant";
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
type ScalarType = "string" | "number" | "boolean" | "time";

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
export function attributeNameProblem(name: string): string | null {
  if (!/^[A-Za-z]\w{0,99}$/.test(name)) {
    const given = name === "" ? "This name is empty." : `${shown(name)} cannot be a name.`;
    return `${given} Use 1 to 100 letters A to Z, digits and _, with a letter first, such as order_count.`;
  }
  return name in {} ? `“${name}” is a reserved word; choose another name.` : null;
}

const expected: Record<ScalarType, string> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  time: "a time such as 2027-01-31T09:00:00Z",
};

const textMax = 10_000;
/** How many values a list can hold. */
export const listMax = 1000;

/** Why a value is none of the type, or null; more is only known of times. */
function misfit(type: ScalarType, value: unknown): string | null {
  if (type === "time" && typeof value === "string") {
    const instant = parseStrictInstant(value);
    return instant instanceof Date ? null : ` ${instant}`;
  }
  return typeof value === type && (type !== "number" || Number.isFinite(value)) ? null : "";
}

function shown(value: unknown): string {
  return shortened(JSON.stringify(value) ?? String(value), 57);
}

/** What is wrong with the number of a list's values, or null. */
export function lengthProblem(name: string, length: number): string | null {
  return length <= listMax ? null : `${name} can hold up to 1,000 values; this one has ${formatNumber(length)}.`;
}

/** What is wrong with one value for a definition, or null. Names the attribute, the value and what is expected. */
export function attributeProblem(definition: AttributeDefinition, value: unknown): string | null {
  const { name, type } = definition;
  if (!type.startsWith("(list ")) return itemProblem(definition, type as ScalarType, value);
  const scalar = type.slice(6, -1) as ScalarType;
  if (!Array.isArray(value))
    return `${name} is a list, for example [${scalar === "number" ? "1, 2" : '"a", "b"'}]; ${shown(value)} is not.`;
  const tooMany = lengthProblem(name, value.length);
  if (tooMany) return tooMany;
  for (const item of value) {
    const problem = itemProblem(definition, scalar, item);
    if (problem) return problem;
  }
  return null;
}

function itemProblem(definition: AttributeDefinition, type: ScalarType, item: unknown): string | null {
  const { name, suggestions } = definition;
  const why = misfit(type, item);
  if (why !== null) return `${name} must be ${expected[type]}; ${shown(item)} is not.${why}`;
  if (typeof item === "string" && item.length > textMax)
    return `${name} is a text of up to ${formatNumber(textMax)} characters; this one has ${formatNumber(item.length)}.`;
  const unstorable = typeof item === "string" ? storableProblem(item) : null;
  if (unstorable) return `${name}: ${unstorable}`;
  if (!definition.restricted || suggestions.includes(item as string | number)) return null;
  return `${name} cannot be ${shown(item)}; allowed are ${enumerated(suggestions.map(shown), 10)}.`;
}

/** How many values an attribute can suggest. */
export const suggestionsMax = 50;

/** What is wrong with the values that an attribute suggests or is restricted to, or null. */
export function suggestionsProblem(attribute: {
  name: string;
  type: AttributeType;
  suggestions: (string | number)[];
  restricted: boolean;
}): string | null {
  const { name, type, suggestions, restricted } = attribute;
  const list = listOf(type);
  if (!list) return suggestions.length > 0 || restricted ? "A choice of yes and no takes no values." : null;
  if (restricted && suggestions.length === 0) return "Name the values that are allowed, one a line.";
  if (suggestions.length > suggestionsMax)
    return `An attribute has up to ${suggestionsMax} values to choose from; these are ${suggestions.length}.`;
  const twice = suggestions.find((value, index) => suggestions.indexOf(value) !== index);
  if (twice !== undefined) return `${shown(twice)} stands there twice. Name each value once.`;
  return attributeProblem(
    { name, title: "", description: "", type: list, suggestions: [], restricted: false },
    suggestions,
  );
}

/** One sentence for all names that no attribute has. */
export function unknownNames(names: readonly string[], definitions: readonly { name: string }[]): string {
  const [word, unknown] = [
    names.length === 1 ? "is no attribute" : "are no attributes",
    enumerated(
      names.map((name) => `“${shortened(name)}”`),
      5,
    ),
  ];
  const known =
    enumerated(
      definitions.map(({ name }) => shortened(name)),
      20,
    ) || "none";
  return `There ${word} ${unknown}; this application has ${known}.`;
}

/**
 * What is wrong with an attributes object, by `attributes.<name>`; empty when it can be stored. All unknown names together
 * are one problem, under the first of them; what is wrong with all values together stands under `attributes`.
 */
export function attributeProblems(
  definitions: readonly AttributeDefinition[],
  values: Record<string, unknown>,
): FieldProblems {
  const problems: FieldProblems = {};
  const names = Object.keys(values);
  if (names.length > attributesMax)
    problems.attributes = `A code has up to ${attributesMax} attributes; these are ${formatNumber(names.length)}.`;
  else {
    const tooLarge = sizeProblem(byteSize(JSON.stringify(values)));
    if (tooLarge) problems.attributes = tooLarge;
  }
  for (const definition of definitions) {
    if (!Object.hasOwn(values, definition.name)) continue;
    const problem = attributeProblem(definition, values[definition.name]);
    if (problem) problems[`attributes.${definition.name}`] = problem;
  }
  const known = new Set(definitions.map(({ name }) => name));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown[0] !== undefined) problems[`attributes.${shortened(unknown[0])}`] = unknownNames(unknown, definitions);
  return problems;
}
