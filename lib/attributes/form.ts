import { attributeText, parseAttributeText } from "@/lib/attributes/input";
import { typedSentences } from "@/lib/attributes/reasons";
import { type AttributeDefinition, type AttributeType, listOf } from "@/lib/attributes/rules";
import type { FieldProblems } from "@/lib/errors";
import { say } from "@/lib/say";

/** An attribute as its form holds it; `suggestions` one a line, times on the application's clocks. */
export interface AttributeForm {
  name: string;
  type: AttributeType;
  title: string;
  description: string;
  suggestions: string;
  restricted: boolean;
}

/** The form of an attribute, or of a new one. */
export function attributeForm(attribute: AttributeDefinition | null, zone: string): AttributeForm {
  if (!attribute) return { name: "", type: "string", title: "", description: "", suggestions: "", restricted: false };
  return { ...attribute, suggestions: suggestionsText(attribute, zone) };
}

/** The values that an attribute suggests or is restricted to, one a line. */
export function suggestionsText(attribute: AttributeDefinition, zone: string): string {
  const type = listOf(attribute.type);
  return type ? attributeText({ ...attribute, type }, attribute.suggestions, zone) : "";
}

/** The form as the actions take it; a line that is no value of the type goes to `problems`. */
export function readAttributeForm(form: AttributeForm, zone: string, problems: FieldProblems) {
  const type = listOf(form.type);
  if (!type) return { ...form, suggestions: [], restricted: false };
  const definition = { ...form, name: form.name.trim() || "A value", type, suggestions: [], restricted: false };
  const parsed = parseAttributeText(definition, form.suggestions, zone);
  if ("problem" in parsed) problems.suggestions = say(typedSentences, parsed.problem);
  return { ...form, suggestions: "value" in parsed ? (parsed.value as (string | number)[]) : [] };
}
