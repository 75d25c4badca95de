import { isValid, parseISO } from "date-fns";
import type { FieldProblems } from "@/lib/errors";
import { storableProblem } from "@/lib/referrals/rules";

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

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const expected: Record<ScalarType, string> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  time: "a time such as 2027-01-31T09:00:00Z",
};

const textMax = 10_000;

function fits(type: ScalarType, value: unknown): boolean {
  if (type === "string") return typeof value === "string";
  if (type === "number") return typeof value === "number" && Number.isFinite(value);
  if (type === "boolean") return typeof value === "boolean";
  return typeof value === "string" && rfc3339.test(value) && isValid(parseISO(value));
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** What is wrong with one value for a definition, or null. Names the attribute, the value and what is expected. */
export function attributeProblem(definition: AttributeDefinition, value: unknown): string | null {
  const list = definition.type.startsWith("(list ");
  const scalar = (list ? definition.type.slice(6, -1) : definition.type) as ScalarType;
  if (list && !Array.isArray(value))
    return `${definition.name} is a list, for example [${scalar === "number" ? "1, 2" : '"a", "b"'}]; ${shown(value)} is not.`;
  if (list && (value as unknown[]).length > 1000)
    return `${definition.name} can hold up to 1,000 values; this one has ${(value as unknown[]).length}.`;
  for (const item of list ? (value as unknown[]) : [value]) {
    if (!fits(scalar, item)) return `${definition.name} must be ${expected[scalar]}; ${shown(item)} is not.`;
    if (typeof item === "string" && item.length > textMax)
      return `${definition.name} is a text of up to ${textMax.toLocaleString("en-GB")} characters; this one has ${item.length.toLocaleString("en-GB")}.`;
    const unstorable = typeof item === "string" ? storableProblem(item) : null;
    if (unstorable) return `${definition.name}: ${unstorable}`;
    if (definition.restricted && !definition.suggestions.includes(item as string | number)) {
      return `${definition.name} cannot be ${shown(item)}; allowed are ${definition.suggestions.map(shown).join(", ")}.`;
    }
  }
  return null;
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

/** Every problem of an attributes object by `attributes.<name>`; empty when it can be stored. */
export function attributeProblems(
  definitions: readonly AttributeDefinition[],
  values: Record<string, unknown>,
): FieldProblems {
  const problems: FieldProblems = {};
  for (const [name, value] of Object.entries(values)) {
    const definition = definitions.find((candidate) => candidate.name === name);
    const problem = definition
      ? attributeProblem(definition, value)
      : `There is no attribute “${name.slice(0, 60)}”; this application has ${definitions.map((known) => known.name).join(", ") || "none"}.`;
    if (problem) problems[`attributes.${name}`] = problem;
  }
  return problems;
}
