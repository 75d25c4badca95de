import { z } from "zod";
import { attributeValueField, byAttribute } from "@/lib/attributes/schema";
import { givenInstantField, integrationIdField, usageLimitField } from "@/lib/codes/schema";

/** An id in a path or query: digits, which clients may have written as a string. */
export const pathId = z
  .string()
  .regex(/^[1-9]\d{0,9}$/, {
    error: (issue) => `“${String(issue.input).slice(0, 40)}” is no ID: those are whole numbers from 1.`,
  })
  .transform(Number)
  .refine((id) => id <= 2_147_483_647, { error: "There is no such ID." })
  .meta({ type: "integer", minimum: 1, maximum: 2_147_483_647 });

/** The id of a referral in a path, which is larger than JavaScript's safe integers allow it to be handled as a number. */
export const pathBigId = z
  .string()
  .regex(/^[1-9]\d{0,17}$/, {
    error: (issue) => `“${String(issue.input).slice(0, 40)}” is no ID: those are whole numbers from 1.`,
  })
  .meta({ type: "integer", format: "int64", minimum: 1 });

export const inApplication = z.object({ applicationId: pathId });
export const inCampaign = inApplication.extend({ campaignId: pathId });

/** An Integration ID in a path: any characters, 1 to 1,000. */
export const pathIntegrationId = integrationIdField.meta({ examples: ["cust_ann"] });

/** A date-time in a body, to the millisecond, with any offset. */
export const dateField = givenInstantField;

/** A date-time in an answer: UTC, with milliseconds and Z. */
export const answeredDate = z.iso.datetime({ precision: 3 });

export const limitField = usageLimitField;
export const attributesField = byAttribute(attributeValueField);

/** A yes or no in a query. */
export const flag = z
  .enum(["true", "false"], { error: (issue) => `“${String(issue.input).slice(0, 40)}” is neither true nor false.` })
  .transform((text) => text === "true")
  .meta({ type: "boolean" });
