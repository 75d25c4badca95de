import { z } from "zod";
import { attributesMax } from "@/lib/attributes/limits";
import { attributeSentences } from "@/lib/attributes/reasons";
import { type AttributeValue, attributeNameProblem, attributeTypes, suggestionsProblem } from "@/lib/attributes/rules";
import { smallIdField } from "@/lib/codes/schema";
import { refusedBy } from "@/lib/refused-by";
import { say } from "@/lib/say";
import { textField } from "@/lib/text-field";

/** One value that somebody gives; the command knows the definitions. Flat, so that nothing that is nested is ever looked through. */
export const attributeValueField = z
  .custom<AttributeValue>((value) => isScalar(value) || (Array.isArray(value) && value.every(isScalar)), {
    error: "An attribute is a text, a number, true or false, a time, or a list of texts, numbers or times.",
  })
  .meta({ type: ["string", "number", "boolean", "array"], items: { type: ["string", "number", "boolean"] } });
const isScalar = (value: unknown) => ["string", "number", "boolean"].includes(typeof value);

/** Something for each of some attributes, by their names. */
export const byAttribute = <Value extends z.ZodType>(value: Value) =>
  z
    .record(z.string(), value)
    .refine((given) => Object.keys(given).length <= attributesMax, {
      error: `A code has up to ${attributesMax} attributes; name no more.`,
    })
    .meta({ maxProperties: attributesMax });

/** What can change of an attribute. `suggestions` are values of its type; times are RFC 3339 text. */
const terms = z.strictObject({
  title: textField(1, 100, "A title"),
  description: textField(0, 1000, "A description"),
  suggestions: z.array(z.union([z.string(), z.number()])),
  restricted: z.boolean(),
});

/** Which attribute of which application. */
const identity = z.strictObject({
  applicationId: smallIdField,
  name: z.string().trim().superRefine(refusedBy(attributeSentences, attributeNameProblem)),
});

const attribute = identity.extend({
  type: z.enum(attributeTypes, { error: "Choose one of the types." }),
  ...terms.shape,
});

function checkSuggestions(given: z.output<typeof attribute>, context: z.RefinementCtx): void {
  const reason = suggestionsProblem(given);
  if (!reason) return;
  const message = say(attributeSentences, reason);
  context.addIssue({ code: "custom", path: ["suggestions"], message, params: reason });
}

/** The form for a new attribute. */
export const createAttributeInput = attribute.superRefine(checkSuggestions);
export type CreateAttributeInput = z.output<typeof createAttributeInput>;

/** The form of an attribute. `type` is what it is, never what it shall be; `shown` is what the form began with. */
export const saveAttributeInput = attribute.extend({ shown: terms }).superRefine(checkSuggestions);
export type SaveAttributeInput = z.output<typeof saveAttributeInput>;

/** The attribute to be deleted. */
export const deleteAttributeInput = identity;
export type DeleteAttributeInput = z.output<typeof deleteAttributeInput>;
