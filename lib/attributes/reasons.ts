import { attributesBytesMax, attributesMax } from "@/lib/attributes/limits";
import { listMax, type ScalarType, suggestionsMax, textMax } from "@/lib/attributes/rules";
import { codeSentences, type TextReason } from "@/lib/codes/reasons";
import { formatCount, formatNumber, plural } from "@/lib/format";
import { type InstantReason, instantSentences } from "@/lib/instant-reasons";
import { type Sentences, say } from "@/lib/say";
import { type ClockReason, clockSentences } from "@/lib/zone-reasons";

/** Why a value does not fit an attribute. `value` is what was given, as JSON and shortened; `name` is the attribute's. */
export type ValueReason =
  | { reason: "value_no_list"; name: string; type: ScalarType; value: string }
  | { reason: "value_long_list"; name: string; length: number }
  | { reason: "value_type"; name: string; type: ScalarType; value: string; instant?: InstantReason }
  | { reason: "value_long_text"; name: string; length: number }
  | { reason: "value_text"; name: string; text: TextReason }
  | { reason: "value_not_allowed"; name: string; value: string; allowed: string[]; more: number };

/** What a text has that is not kept as it is written. */
export type LossReason = { reason: "number_rounded"; number: string } | { reason: "attribute_twice"; name: string };

/** Why what was typed for an attribute is no value of its type. */
export type TypedReason =
  | ValueReason
  | LossReason
  | ClockReason
  | { reason: "number_misshapen"; text: string }
  | { reason: "boolean_missing" };

/** Why the attributes of a code cannot be stored. Of many names the first are told, and how many `more` there are. */
export type AttributesReason =
  | ValueReason
  | LossReason
  | { reason: "json_invalid" | "json_no_object" }
  | { reason: "attributes_many"; count: number }
  | { reason: "attributes_large"; bytes: number }
  | { reason: "attributes_deep"; depth: number }
  | { reason: "attributes_unknown"; names: string[]; more: number; known: string[]; moreKnown: number };

/** Why an attribute cannot be called so. */
export type NameReason =
  | { reason: "attribute_name_empty" }
  | { reason: "attribute_misnamed" | "attribute_name_reserved"; name: string };

/** Why an attribute cannot suggest its values. */
export type SuggestionsReason =
  | ValueReason
  | { reason: "suggestions_of_boolean" | "suggestions_missing" }
  | { reason: "suggestions_many"; count: number }
  | { reason: "suggestion_twice"; value: string };

export type AttributeReason =
  | AttributesReason
  | NameReason
  | SuggestionsReason
  | { reason: "attributes_full"; count: number }
  | { reason: "attribute_name_taken" | "attribute_changed"; name: string }
  | { reason: "attribute_unknown"; name: string; applicationId: number }
  | { reason: "attribute_in_work"; name: string }
  | { reason: "attributes_gone"; names: string[]; more: number }
  /** `more` says that only so many were counted. */
  | { reason: "attribute_carried"; name: string; codes: number; more: boolean };

const expected: Record<ScalarType, string> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  time: "a time such as 2027-01-31T09:00:00Z",
};

const misnamed = (given: string) =>
  `${given} Use 1 to 100 letters A to Z, digits and _, with a letter first, such as order_count.`;

const jsonExample = 'write {"channel": "web"}, in the file as "{""channel"": ""web""}"';

/** "“a”, “b” and 3 more": the first of many texts in a sentence. */
const listed = (texts: readonly string[], more: number) =>
  more > 0 ? `${texts.join(", ")} and ${formatNumber(more)} more` : texts.join(", ");

const lossSentences: Sentences<LossReason> = {
  number_rounded: ({ number }) => `“${number}” has more digits than a number keeps; write up to 15.`,
  attribute_twice: ({ name }) => `“${name}” stands there twice. Name each attribute once.`,
};

const valueSentences: Sentences<ValueReason> = {
  value_no_list: ({ name, type, value }) =>
    `${name} is a list, for example [${type === "number" ? "1, 2" : '"a", "b"'}]; ${value} is not.`,
  value_long_list: ({ name, length }) =>
    `${name} can hold up to ${formatNumber(listMax)} values; this one has ${formatNumber(length)}.`,
  value_type: ({ name, type, value, instant }) =>
    `${name} must be ${expected[type]}; ${value} is not.${instant ? ` ${say(instantSentences, instant)}` : ""}`,
  value_long_text: ({ name, length }) =>
    `${name} is a text of up to ${formatNumber(textMax)} characters; this one has ${formatNumber(length)}.`,
  value_text: ({ name, text }) => `${name}: ${say(codeSentences, text)}`,
  value_not_allowed: ({ name, value, allowed, more }) =>
    `${name} cannot be ${value}; allowed are ${listed(allowed, more)}.`,
};

/** For the controls of forms, in which times are typed on the clocks of a zone. */
export const typedSentences: Sentences<TypedReason> = {
  ...valueSentences,
  ...lossSentences,
  ...clockSentences,
  number_misshapen: ({ text }) => `“${text}” is not a number. Write it like 12 or 3.5.`,
  boolean_missing: () => "Choose yes or no.",
};

export const attributeSentences: Sentences<AttributeReason> = {
  ...valueSentences,
  ...lossSentences,
  json_invalid: () => `This is not valid JSON: ${jsonExample}.`,
  json_no_object: () => `This is JSON but not an object: ${jsonExample}.`,
  attributes_many: ({ count }) => `A code has up to ${attributesMax} attributes; these are ${formatNumber(count)}.`,
  attributes_large: ({ bytes }) =>
    `The attributes of a code have up to ${formatNumber(attributesBytesMax)} bytes as JSON; these have ${formatNumber(bytes)}. Shorten them.`,
  attributes_deep: ({ depth }) =>
    `This JSON is nested ${formatNumber(depth)} deep. An attribute is a text, a number, true or false, a time, or a list of texts, numbers or times.`,
  attributes_unknown: ({ names, more, known, moreKnown }) => {
    const word = names.length + more === 1 ? "is no attribute" : "are no attributes";
    const unknown = listed(
      names.map((name) => `“${name}”`),
      more,
    );
    return `There ${word} ${unknown}; this application has ${listed(known, moreKnown) || "none"}.`;
  },
  attribute_name_empty: () => misnamed("This name is empty."),
  attribute_misnamed: ({ name }) => misnamed(`${name} cannot be a name.`),
  attribute_name_reserved: ({ name }) => `“${name}” is a reserved word; choose another name.`,
  suggestions_of_boolean: () => "A choice of yes and no takes no values.",
  suggestions_missing: () => "Name the values that are allowed, one a line.",
  suggestions_many: ({ count }) =>
    `An attribute has up to ${suggestionsMax} values to choose from; these are ${count}.`,
  suggestion_twice: ({ value }) => `${value} stands there twice. Name each value once.`,
  attributes_full: ({ count }) =>
    `This application has ${formatCount(count, "attribute")}, and there can be ${attributesMax}. Delete one that no code carries first.`,
  attribute_name_taken: ({ name }) => `There is an attribute “${name}” already; choose another name.`,
  attribute_changed: ({ name }) =>
    `Someone else changed “${name}” while you were editing it. Nothing was saved; reload the page to see what it is now.`,
  attribute_unknown: ({ name, applicationId }) => `There is no attribute “${name}” in application ${applicationId}.`,
  attribute_in_work: ({ name }) =>
    `Codes are getting “${name}” in the background at this moment. Delete it when that is done; Operations shows how far it is.`,
  attributes_gone: ({ names, more }) => {
    const gone = listed(
      names.map((name) => `“${name}”`),
      more,
    );
    const one = names.length + more === 1;
    return `Since this was checked, the ${one ? "attribute" : "attributes"} ${gone} ${one ? "was" : "were"} deleted or made anew with another type. Nothing was done. Read the file again, or plan the change again.`;
  },
  attribute_carried: ({ name, codes, more }) =>
    `${more ? `More than ${formatNumber(codes)} codes` : formatCount(codes, "code")} still ${plural(more ? 2 : codes, "carries", "carry")} “${name}”. Remove it from them by editing them, then delete it here.`,
};
