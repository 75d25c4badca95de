import { z } from "zod";
import { foldText, searchKey } from "@/lib/codes/folding";
import { integrationIdMax, tidied } from "@/lib/codes/rules";
import { batchIdField, idField } from "@/lib/codes/schema";
import { dayProblem } from "@/lib/instant";
import { type InstantReason, instantSentences } from "@/lib/instant-reasons";
import {
  attributesAskedMax,
  originFilters,
  redemptionWords,
  statusFilters,
  valuesMax,
} from "@/lib/referrals/list/filter/terms";
import { say } from "@/lib/say";
import { shortened } from "@/lib/shortened";

const shown = (text: unknown) => shortened(String(text));

/** What is wrong with a day as `YYYY-MM-DD`, or null. */
export function calendarProblem(text: string): InstantReason | { reason: "day_misshapen" } | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  return day === undefined ? { reason: "day_misshapen" } : dayProblem(Number(year), Number(month), Number(day));
}

/** A day (`2026-11-01`) or a minute (`2026-11-01T14:30`) on the clocks of the application's zone, as people type it. */
export const clockField = z.string().superRefine((text, context) => {
  const shaped = /^\d{4}-\d{2}-\d{2}(T([01]\d|2[0-3]):[0-5]\d)?$/.test(text);
  const problem = shaped ? calendarProblem(text.slice(0, 10)) : ({ reason: "day_misshapen" } as const);
  if (problem === null) return;
  const why = problem.reason === "day_misshapen" ? "" : ` ${say(instantSentences, problem)}`;
  const message = `“${shown(text)}” is no day such as 2026-11-01 or time such as 2026-11-01T14:30.${why}`;
  context.addIssue({ code: "custom", message, params: problem });
});

const bothOpen = "A range has a start, an end or both, such as 5..10, 5.. or ..10.";
const backwards = "This range ends before it starts.";

/** Both ends belong to the range; a day as an end means the whole of it. An open end is null; both cannot be. */
export const clockRangeField = z
  .strictObject({ from: clockField.nullable(), to: clockField.nullable() })
  .refine(({ from, to }) => from !== null || to !== null, { error: bothOpen })
  .refine(({ from, to }) => !from || !to || from <= `${to}T99`.slice(0, 16), { error: backwards });
export type ClockRange = z.output<typeof clockRangeField>;

/** `unset` are codes without a value, `set` those with any. */
export const presenceField = z.enum(["unset", "set"]);
export const dateFilterField = z.union([presenceField, clockRangeField]);
export type DateFilter = z.output<typeof dateFilterField>;

const text = z
  .string()
  .min(1)
  .max(integrationIdMax, { error: "This text is too long; shorten it to 1,000 characters." })
  .refine((value) => value.isWellFormed() && !value.includes("\u0000"), {
    error: "This text holds a character that no code can have.",
  });
// Without a letter or digit a search would match every code.
const searchText = text.refine((value) => searchKey(value) !== "", {
  error: (issue) => `“${shown(issue.input)}” has no letter or digit, and search compares only those.`,
});
/** What is left of it to compare: a text of accents alone would be a part of everything. */
const comparedText = text.refine((value) => foldText(value) !== "", {
  error: (issue) => `“${shown(issue.input)}” has nothing but accents, which are not compared.`,
});
const integrationId = z.string().transform(tidied).pipe(text);
/** `is` compares whole and exactly, tidied as Integration IDs are; `contains` finds a part, whatever its case and accents. */
export const textFilterField = z.union([
  z.strictObject({ is: integrationId }),
  z.strictObject({ contains: comparedText }),
]);
export type TextFilter = z.output<typeof textFilterField>;

const numberRange = (number: z.ZodNumber) =>
  z
    .strictObject({ from: number.nullable(), to: number.nullable() })
    .refine(({ from, to }) => from !== null || to !== null, { error: bothOpen })
    .refine(({ from, to }) => from === null || to === null || from <= to, { error: backwards });
const wholeNumber = z.int({ error: "Redemptions are whole numbers, such as 3 or 3..10." }).min(0).max(2_147_483_647);
export const numberRangeField = numberRange(z.number());
export type NumberRange = z.output<typeof numberRangeField>;
export const redemptionFilterField = z.union([z.enum(redemptionWords), numberRange(wholeNumber)]);

const among = <T extends z.ZodType>(value: T) =>
  z
    .array(value)
    .min(1)
    .max(valuesMax, { error: `Name up to ${valuesMax} values at once.` });

/**
 * What an attribute is asked for, by its type: text `contains` or is `oneOf`, numbers and times by `range`, booleans by
 * `oneOf`. A list attribute meets it when one of its elements does. Values of another type than the attribute's match nothing.
 */
export const attributeFilterField = z.union([
  presenceField,
  z.strictObject({ oneOf: z.union([among(text), among(z.number()), among(z.boolean())]) }),
  z.strictObject({ contains: comparedText }),
  z.strictObject({ numbers: numberRangeField }),
  z.strictObject({ times: clockRangeField }),
]);
export type AttributeFilter = z.output<typeof attributeFilterField>;

const attributeName = z
  .string()
  .regex(/^[A-Za-z]\w{0,99}$/)
  .refine((name) => !(name in {}));

/**
 * What narrows a list of referrals; conditions combine, an absent one asks nothing. Plain JSON: it is parsed from the
 * URL, travels in a selection and is stored in the operation log.
 */
export const referralFilterField = z.strictObject({
  /** Part of a code (letters and digits, any case), of an advocate's Integration ID, or a Batch ID. */
  search: searchText.optional(),
  status: z.array(z.enum(statusFilters)).min(1).optional(),
  created: clockRangeField.optional(),
  validFrom: dateFilterField.optional(),
  validUntil: dateFilterField.optional(),
  advocate: textFilterField.optional(),
  friend: z.union([presenceField, textFilterField]).optional(),
  batch: z.union([presenceField, batchIdField]).optional(),
  origin: z.array(z.enum(originFilters)).min(1).optional(),
  redemptions: redemptionFilterField.optional(),
  attributes: z
    .record(attributeName, attributeFilterField)
    .refine((asked) => Object.keys(asked).length <= attributesAskedMax, {
      error: `A list can be narrowed by ${attributesAskedMax} attributes at once.`,
    })
    .optional(),
  /** The id of a stored selection: codes that were pasted, or chosen and frozen. */
  selection: idField.optional(),
});
export type ReferralFilter = z.output<typeof referralFilterField>;
