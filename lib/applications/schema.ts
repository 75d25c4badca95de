import { z } from "zod";
import type { CaseRule } from "@/lib/codes/rules";
import { smallIdField } from "@/lib/codes/schema";
import { refusedBy } from "@/lib/refused-by";
import { textField } from "@/lib/text-field";
import { zoneProblem } from "@/lib/zone";
import { zoneSentences } from "@/lib/zone-reasons";

const caseRules: readonly CaseRule[] = ["insensitive-uppercase", "insensitive-lowercase", "sensitive"];

const timeZoneField = z.string().superRefine(refusedBy(zoneSentences, zoneProblem));

/** The zone that an application's clocks shall have. `shown` is the one it had when the form was opened. */
export const saveTimeZoneInput = z.strictObject({
  applicationId: smallIdField,
  timeZone: timeZoneField,
  shown: z.string(),
});
export type SaveTimeZoneInput = z.output<typeof saveTimeZoneInput>;

/** The most codes that a change can be allowed to have without approval. */
export const approvalMost = 10_000_000;
const approvalField = z
  .int({ error: "Write a whole number of codes, for example 1,000." })
  .refine((above) => above >= 0 && above <= approvalMost, {
    error: (issue) => `${String(issue.input)} is not possible: give 0 to 10,000,000 codes.`,
  });

/** Above how many codes a change needs a second person's approval; null for none. `shown` is what it was when the form was opened. */
export const saveApprovalInput = z.strictObject({
  applicationId: smallIdField,
  approvalAbove: approvalField.nullable(),
  shown: approvalField.nullable(),
});
export type SaveApprovalInput = z.output<typeof saveApprovalInput>;

/** The form for a new application. */
export const createApplicationInput = z.strictObject({
  name: textField(1, 100, "A name"),
  timeZone: timeZoneField,
  caseRule: z.enum(caseRules, { error: "Choose how codes treat upper and lower case." }),
});
export type CreateApplicationInput = z.output<typeof createApplicationInput>;
