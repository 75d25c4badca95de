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
export const saveTimeZoneInput = z.object({ applicationId: smallIdField, timeZone: timeZoneField, shown: z.string() });
export type SaveTimeZoneInput = z.output<typeof saveTimeZoneInput>;

/** The form for a new application. */
export const createApplicationInput = z.object({
  name: textField(1, 100, "A name"),
  timeZone: timeZoneField,
  caseRule: z.enum(caseRules, { error: "Choose how codes treat upper and lower case." }),
});
export type CreateApplicationInput = z.output<typeof createApplicationInput>;
