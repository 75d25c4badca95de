import type { z } from "zod";
import { parseAttributeText } from "@/lib/attributes/input";
import { typedSentences } from "@/lib/attributes/reasons";
import type { AttributeDefinition, AttributeValues } from "@/lib/attributes/rules";
import { charactersProblem } from "@/lib/codes/generator";
import { codeSentences } from "@/lib/codes/reasons";
import { type CaseRule, tidied } from "@/lib/codes/rules";
import { creationSentences } from "@/lib/creations/reasons";
import {
  type AdvocateList,
  advocatesMaxBytes,
  advocatesProblem,
  type RepeatedAdvocates,
  validityProblem,
} from "@/lib/creations/rules";
import { createReferralsInput } from "@/lib/creations/schema";
import type { FieldProblems } from "@/lib/errors";
import { fieldProblems } from "@/lib/field-problems";
import { newRequestKey } from "@/lib/operations/request-key";
import { say, sayAny } from "@/lib/say";
import { asLabel, unlimited, unsetWord } from "@/lib/words";
import { type Bound, parseZoned } from "@/lib/zone";
import { clockSentences } from "@/lib/zone-reasons";

/** The form for new codes as it stands: what was chosen and typed, before it is understood. */
export interface CreateForm {
  /** Made with the form, so that sending it again makes no code twice. */
  requestKey: string;
  who: "one" | "many";
  advocate: string;
  friends: "any" | "one";
  friend: string;
  advocates: string;
  repeated: RepeatedAdvocates;
  batchName: string;
  codes: "generated" | "own";
  code: string;
  pattern: string;
  characters: string;
  limit: "limited" | "unlimited";
  usageLimit: string;
  start: "none" | "date";
  validFrom: string;
  end: "none" | "date";
  validUntil: string;
  /** The text of each attribute's control by its name; empty is unset. */
  attributes: Record<string, string>;
}

/** The form as it is opened. */
export function newForm(campaign: { codePattern: string; codeCharacters: string }): CreateForm {
  return {
    requestKey: newRequestKey(),
    ...{ who: "one", advocate: "", friends: "any", friend: "", advocates: "", repeated: "once", batchName: "" },
    ...{ codes: "generated", code: "", pattern: campaign.codePattern, characters: campaign.codeCharacters },
    ...{ limit: "limited", usageLimit: "1", start: "none", validFrom: "", end: "none", validUntil: "", attributes: {} },
  };
}

/** What the form is filled in for. */
export interface CreateContext {
  scope: { applicationId: number; campaignId: number };
  zone: string;
  caseRule: CaseRule;
  definitions: readonly AttributeDefinition[];
  /** What the list of advocates holds. */
  list: AdvocateList;
}

type CreateInput = z.input<typeof createReferralsInput>;
type ForMany = Extract<CreateInput, { kind: "many" }>;
/** What the action takes; a list of advocates is uploaded before, which gives its id. */
export type UnsentInput = Exclude<CreateInput, ForMany> | Omit<ForMany, "listId">;

/** Stands for the id of a list where the rest of the form is judged. */
const anyList = "1";

/** What the form means, as the action takes it, and every problem it has by the name of its field. */
export function understand(form: CreateForm, context: CreateContext): { input: UnsentInput; problems: FieldProblems } {
  const problems: FieldProblems = {};
  const validFrom = form.start === "none" ? null : instant("validFrom", "start");
  const validUntil = form.end === "none" ? null : instant("validUntil", "end");
  const validity = validityProblem(validFrom, validUntil, context.zone);
  if (validity) problems.validUntil = say(creationSentences, validity);

  function instant(field: "validFrom" | "validUntil", bound: Bound): Date | null {
    if (form[field].trim() === "") {
      problems[field] = `Type a date such as 2027-01-31, or choose “${asLabel(unsetWord(field))}”.`;
      return null;
    }
    const parsed = parseZoned(form[field], context.zone, bound);
    if (parsed instanceof Date) return parsed;
    problems[field] = say(clockSentences, parsed);
    return null;
  }

  const generated = { pattern: form.pattern.trim(), characters: form.characters.trim() };
  if (form.who === "many" || form.codes === "generated") {
    const characters = charactersProblem(generated.characters, context.caseRule);
    if (characters) problems.characters = say(codeSentences, characters);
  }
  if (form.who === "many") {
    const wrong =
      bytesOf(form.advocates) > advocatesMaxBytes
        ? "The list has more than 40 MB; split it into two."
        : sayAny(creationSentences, advocatesProblem(context.list));
    if (wrong) problems.advocates = wrong;
  }

  const common = {
    scope: context.scope,
    requestKey: form.requestKey,
    usageLimit: limitOf(form, problems),
    validFrom: validFrom?.toISOString() ?? null,
    validUntil: validUntil?.toISOString() ?? null,
    attributes: attributesOf(form, context, problems),
  };
  const [advocate, friend] = [tidied(form.advocate), tidied(form.friend)];
  if (form.who === "one" && advocate === "")
    problems.advocate = "The advocate is missing; type the Integration ID of the customer who gets the code.";
  if (form.who === "one" && form.friends === "one" && friend === "")
    problems.friend = `The friend is missing; type an Integration ID, or choose “${asLabel(unsetWord("friend"))}”.`;

  const one = { advocate, friend: form.friends === "one" ? friend : null };
  const input: UnsentInput =
    form.who === "many"
      ? { kind: "many", ...common, ...generated, batchName: form.batchName }
      : form.codes === "own"
        ? { kind: "own", ...common, ...one, code: form.code }
        : { kind: "generated", ...common, ...one, ...generated };
  const checked = createReferralsInput.safeParse(input.kind === "many" ? { ...input, listId: anyList } : input);
  const all = checked.success ? problems : { ...fieldProblems(checked.error), ...problems };
  return { input, problems: inFormOrder(all) };
}

/** The fields as they stand below each other; attributes come last. */
const fieldOrder = [
  "advocates",
  "batchName",
  "advocate",
  "friend",
  "usageLimit",
  "validFrom",
  "validUntil",
  "code",
  "pattern",
  "characters",
];

function inFormOrder(problems: FieldProblems): FieldProblems {
  const entries = Object.entries(problems);
  const known = fieldOrder.flatMap((field) => entries.filter(([name]) => name === field));
  return Object.fromEntries([...known, ...entries.filter(([name]) => !fieldOrder.includes(name))]);
}

/** The problems that are still about what stands in the form: a field that was changed since is judged anew when sent. */
export function remainingProblems(problems: FieldProblems, refused: CreateForm, form: CreateForm): FieldProblems {
  const same = ([field]: [string, string]) => {
    const attribute = field.startsWith("attributes.") ? field.slice("attributes.".length) : null;
    if (attribute !== null) return refused.attributes[attribute] === form.attributes[attribute];
    return !(field in form) || refused[field as keyof CreateForm] === form[field as keyof CreateForm];
  };
  return Object.fromEntries(Object.entries(problems).filter(same));
}

function limitOf(form: CreateForm, problems: FieldProblems): number {
  if (form.limit === "unlimited") return 0;
  const text = form.usageLimit.trim();
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= 999_999) return limit;
  const said = text === "" ? "The redemption limit is empty" : `“${text}” is no redemption limit`;
  problems.usageLimit = `${said}: type a whole number from 1 to 999,999, or choose “${asLabel(unlimited)}”.`;
  return 0;
}

function attributesOf(form: CreateForm, context: CreateContext, problems: FieldProblems): AttributeValues {
  const values: AttributeValues = {};
  for (const definition of context.definitions) {
    const text = form.attributes[definition.name] ?? "";
    if (text.trim() === "") continue;
    const parsed = parseAttributeText(definition, text, context.zone);
    if ("value" in parsed) values[definition.name] = parsed.value;
    else problems[`attributes.${definition.name}`] = say(typedSentences, parsed.problem);
  }
  return values;
}

/** What a text weighs as UTF-8, in bytes; of one that cannot weigh too much, its length. */
function bytesOf(text: string): number {
  return text.length * 3 <= advocatesMaxBytes ? text.length : new Blob([text]).size;
}
