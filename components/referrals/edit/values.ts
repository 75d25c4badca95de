import { type EditState, readEdit, rowOfPath } from "@/components/referrals/edit/edit-state";
import { attributeText } from "@/lib/attributes/input";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { attributeField, codeFieldNames, codeFields } from "@/lib/codes/fields";
import type { FieldProblems } from "@/lib/errors";
import type { FieldValues } from "@/lib/operations/rules";
import { changedFields, type EditChanges } from "@/lib/operations/schema";
import { formatZonedInput } from "@/lib/zone";

/** The texts of a form's controls by the log's names of the fields; empty is not set. */
export type Texts = Record<string, string>;

/** The values of one code as its form shows them. */
export function textsOf(values: FieldValues, definitions: readonly AttributeDefinition[], zone: string): Texts {
  const texts: Texts = {};
  for (const field of codeFieldNames) {
    const value = values[field];
    const spec = codeFields[field];
    if (value === null || value === undefined) texts[field] = "";
    else texts[field] = "bound" in spec ? formatZonedInput(new Date(String(value)), zone, spec.bound) : String(value);
  }
  for (const definition of definitions) {
    const field = attributeField(definition.name);
    texts[field] = attributeText(definition, values[field], zone);
  }
  return texts;
}

/** What is to change so that a code holds what the form says: only fields whose text is another. Null where that is nothing. */
export function changesOf(
  base: Texts,
  texts: Texts,
  definitions: readonly AttributeDefinition[],
  zone: string,
): { changes: EditChanges | null; problems: FieldProblems } {
  const state: EditState = {};
  const problems: FieldProblems = {};
  for (const [field, text] of Object.entries(texts)) {
    if (text === base[field]) continue;
    if (text.trim() !== "") state[field] = { do: "set", text };
    else if (field !== "usageLimit") state[field] = { do: "clear", text: "" };
    else problems.usageLimit = "Type how often the code may be redeemed; 0 means unlimited."; // there is always a limit
  }
  const read = readEdit(state, definitions, zone);
  Object.assign(problems, read.problems);
  return { changes: Object.keys(problems).length === 0 ? read.changes : null, problems };
}

/** The JSON of what a form showed in the fields that it changes, by their names in the log. */
export function shownIn(values: FieldValues, changes: EditChanges): Record<string, string> {
  return Object.fromEntries(changedFields(changes).map((field) => [field, JSON.stringify(values[field] ?? null)]));
}

/** The problems of an answer by the names of the form's controls. */
export function byControl(fields: FieldProblems): FieldProblems {
  return Object.fromEntries(Object.entries(fields).map(([path, text]) => [rowOfPath(path), text]));
}
