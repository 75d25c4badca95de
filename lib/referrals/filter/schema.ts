import { z } from "zod";
import { batchIdField, idField } from "@/lib/referrals/schema";

/** A day (`2026-11-01`) or a minute (`2026-11-01T14:30`) on the clocks of the application's zone, as people type it. */
export const clockField = z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/, {
  error: (issue) => `“${String(issue.input)}” is no day such as 2026-11-01 or time such as 2026-11-01T14:30.`,
});

/** Both ends belong to the range; a day as an end means the whole of it. An open end is null; both cannot be. */
export const clockRangeField = z.strictObject({ from: clockField.nullable(), to: clockField.nullable() });
export type ClockRange = z.output<typeof clockRangeField>;

/** `unset` are codes without a value, `set` those with any. */
export const presenceField = z.enum(["unset", "set"]);
export const dateFilterField = z.union([presenceField, clockRangeField]);
export type DateFilter = z.output<typeof dateFilterField>;

const text = z.string().min(1).max(1000);
/** `is` compares whole and exactly; `contains` finds a part, whatever its case. */
export const textFilterField = z.union([z.strictObject({ is: text }), z.strictObject({ contains: text })]);
export type TextFilter = z.output<typeof textFilterField>;

export const statusFilters = ["active", "scheduled", "expired", "used up"] as const;
export const originFilters = ["created", "imported", "api"] as const;
/** `none` was never redeemed, `some` at least once; `usable` has redemptions left, `used up` has none. */
export const redemptionWords = ["none", "some", "usable", "used up"] as const;

const wholeNumber = z.int().min(0).max(2_147_483_647);
export const numberRangeField = z.strictObject({ from: z.number().nullable(), to: z.number().nullable() });
export const redemptionFilterField = z.union([
  z.enum(redemptionWords),
  z.strictObject({ from: wholeNumber.nullable(), to: wholeNumber.nullable() }),
]);
export type RedemptionFilter = z.output<typeof redemptionFilterField>;

/**
 * What an attribute is asked for, by its type: text `contains` or is `oneOf`, numbers and times by `range`, booleans by
 * `oneOf`. A list attribute meets it when one of its elements does.
 */
export const attributeFilterField = z.union([
  presenceField,
  z.strictObject({
    oneOf: z
      .array(z.union([z.string().max(10_000), z.number(), z.boolean()]))
      .min(1)
      .max(100),
  }),
  z.strictObject({ contains: text }),
  z.strictObject({ numbers: numberRangeField }),
  z.strictObject({ times: clockRangeField }),
]);
export type AttributeFilter = z.output<typeof attributeFilterField>;

/**
 * What narrows a list of referrals; conditions combine, an absent one asks nothing. Plain JSON: it is parsed from the
 * URL, travels in a selection and is stored in the operation log.
 */
export const referralFilterField = z.strictObject({
  /** Part of a code (letters and digits, any case), of an advocate's Integration ID, or a Batch ID. */
  search: text.optional(),
  status: z.array(z.enum(statusFilters)).min(1).optional(),
  created: clockRangeField.optional(),
  validFrom: dateFilterField.optional(),
  validUntil: dateFilterField.optional(),
  advocate: textFilterField.optional(),
  friend: z.union([presenceField, textFilterField]).optional(),
  batch: z.union([presenceField, batchIdField]).optional(),
  origin: z.array(z.enum(originFilters)).min(1).optional(),
  redemptions: redemptionFilterField.optional(),
  attributes: z.record(z.string().regex(/^[A-Za-z]\w{0,99}$/), attributeFilterField).optional(),
  /** The id of a stored selection: codes that were pasted, or chosen and frozen. */
  selection: idField.optional(),
});
export type ReferralFilter = z.output<typeof referralFilterField>;

/** What a list is ordered by; without a `-` the smallest comes first. Unset dates come last either way. */
export const sortOrders = [
  "-created",
  "created",
  "code",
  "-code",
  "redemptions",
  "-redemptions",
  "validFrom",
  "-validFrom",
  "validUntil",
  "-validUntil",
] as const;
export type SortOrder = (typeof sortOrders)[number];
