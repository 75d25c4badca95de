import { z } from "zod";
import type { CaseRule } from "@/lib/referrals/rules";
import { textField } from "@/lib/text-field";
import { isTimeZone } from "@/lib/zone";

const caseRules: readonly CaseRule[] = ["insensitive-uppercase", "insensitive-lowercase", "sensitive"];

/** The form for a new application. */
export const createApplicationInput = z.object({
  name: textField(1, 100, "A name"),
  timeZone: z.string().refine(isTimeZone, {
    error: (issue) =>
      `“${String(issue.input)}” is no time zone that this server knows. Choose one, such as Europe/Berlin.`,
  }),
  caseRule: z.enum(caseRules, { error: "Choose how codes treat upper and lower case." }),
});
export type CreateApplicationInput = z.output<typeof createApplicationInput>;
