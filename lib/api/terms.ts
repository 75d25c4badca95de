import type { z } from "zod";
import { attributesField, dateField, limitField } from "./fields";

/** What new codes are given, one or many. */
export const termFields = {
  startDate: dateField.optional(),
  expiryDate: dateField.optional(),
  usageLimit: limitField.default(0),
  attributes: attributesField.default({}),
};

/** The same in our words. */
export function termsOf(body: z.output<z.ZodObject<typeof termFields>>) {
  const { startDate, expiryDate, usageLimit, attributes } = body;
  return { usageLimit, validFrom: startDate ?? null, validUntil: expiryDate ?? null, attributes };
}
