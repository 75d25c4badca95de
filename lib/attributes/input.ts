import { roundingProblem } from "@/lib/attributes/exact";
import type { TypedReason } from "@/lib/attributes/reasons";
import { type AttributeDefinition, type AttributeValue, attributeProblem, lengthProblem } from "@/lib/attributes/rules";
import { parseInstant } from "@/lib/instant";
import { shortened } from "@/lib/shortened";
import { formatZonedInput, parseZoned } from "@/lib/zone";

/** A value as the text of its form control: times on the zone's clocks, lists one value a line, unset is empty. */
export function attributeText(definition: AttributeDefinition, value: unknown, zone: string): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map((item) => itemText(definition, item, zone)).join("\n");
  return itemText(definition, value, zone);
}

function itemText(definition: AttributeDefinition, value: unknown, zone: string): string {
  const instant = definition.type.includes("time") && typeof value === "string" ? parseInstant(value) : null;
  if (instant instanceof Date) return formatZonedInput(instant, zone, "start");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** The value that a control's text means, or what is wrong with the text. */
export function parseAttributeText(
  definition: AttributeDefinition,
  text: string,
  zone: string,
): { value: AttributeValue } | { problem: TypedReason } {
  const list = definition.type.startsWith("(list ");
  const items = list
    ? text
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean)
    : [text];
  const tooMany = lengthProblem(definition.name, items.length);
  if (tooMany) return { problem: tooMany };
  const values: (string | number | boolean)[] = [];
  for (const item of items) {
    const parsed = parseItem(definition, item, zone);
    if (typeof parsed === "object") return parsed;
    values.push(parsed);
  }
  const value = (list ? values : values[0]) as AttributeValue;
  const problem = attributeProblem(definition, value);
  return problem ? { problem } : { value };
}

function parseItem(
  definition: AttributeDefinition,
  text: string,
  zone: string,
): string | number | boolean | { problem: TypedReason } {
  if (definition.type.includes("number")) {
    const written = text.trim();
    const number = Number(written);
    if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(written) || !Number.isFinite(number))
      return { problem: { reason: "number_misshapen", text: shortened(written) } };
    const problem = roundingProblem(written);
    return problem ? { problem } : number;
  }
  if (definition.type === "boolean") {
    if (text === "true" || text === "false") return text === "true";
    return { problem: { reason: "boolean_missing" } };
  }
  if (definition.type.includes("time")) {
    const instant = parseZoned(text, zone, "start");
    return instant instanceof Date ? instant.toISOString() : { problem: instant };
  }
  return text;
}
