import { jsonLoss } from "@/lib/attributes/exact";
import { parseAttributeText } from "@/lib/attributes/input";
import { byteSize, jsonProblem, sizeProblem } from "@/lib/attributes/limits";
import type { AttributesReason } from "@/lib/attributes/reasons";
import {
  type AttributeDefinition,
  type AttributeValue,
  type AttributeValues,
  attributeProblems,
} from "@/lib/attributes/rules";
import type { RowReason } from "@/lib/referrals/row-reasons";
import { remembered } from "@/lib/remembered";

const readers = new WeakMap<readonly AttributeDefinition[], (text: string) => AttributeValues | AttributesReason[]>();

/** Reads the cell of attributes in JSON: their values, or what is wrong with them. */
export function attributesReader(definitions: readonly AttributeDefinition[]) {
  const known = readers.get(definitions);
  if (known) return known;
  const read = remembered((text) => {
    const values = jsonObject(text);
    if ("problem" in values) return [values.problem];
    const wrong = attributeProblems(definitions, values.object).map(({ reason }) => reason);
    return wrong.length > 0 ? wrong : (values.object as AttributeValues);
  });
  readers.set(definitions, read);
  return read;
}

function jsonObject(text: string): { object: Record<string, unknown> } | { problem: AttributesReason } {
  const unreadable = jsonProblem(text);
  if (unreadable) return { problem: unreadable };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: { reason: "json_invalid" } };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { problem: { reason: "json_no_object" } };
  const loss = jsonLoss(text);
  return loss ? { problem: loss } : { object: value as Record<string, unknown> };
}

const yes = new Set(["true", "yes", "y", "1", "ja", "oui", "si", "sí"]);
const no = new Set(["false", "no", "n", "0", "nein", "non"]);

/** A cell as a form's control has it: yes and no in the words of people, values of a list on lines of their own. */
function typedText({ type }: AttributeDefinition, text: string): string {
  if (type === "boolean") {
    const said = text.toLowerCase();
    return yes.has(said) ? "true" : no.has(said) ? "false" : text;
  }
  return type.startsWith("(list ") ? text.split(/[,;\n]/).join("\n") : text;
}

/**
 * The value that a cell of an attribute's own column means, or why it means none. A list is JSON, as an export writes it, or has
 * commas between its values.
 * @param readTime reads a cell of one time
 */
export function readOwnAttribute(
  definition: AttributeDefinition,
  text: string,
  zone: string,
  readTime: (text: string) => Date | RowReason,
): { value: AttributeValue } | { problem: RowReason } {
  const { name, type } = definition;
  if (type.startsWith("(list ") && text.startsWith("[")) {
    const read = attributesReader([definition])(`{${JSON.stringify(name)}:${text}}`);
    if (Array.isArray(read)) return { problem: read[0] ?? { reason: "json_invalid" } };
    return { value: read[name] ?? [] };
  }
  if (type !== "time") return parseAttributeText(definition, typedText(definition, text), zone);
  const time = readTime(text);
  return time instanceof Date ? parseAttributeText(definition, time.toISOString(), zone) : { problem: time };
}

/** What is wrong with all attributes of a row together, or null. */
export function togetherProblem(values: AttributeValues): AttributesReason | null {
  return sizeProblem(byteSize(JSON.stringify(values)));
}
