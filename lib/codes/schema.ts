import { z } from "zod";
import { codeSentences } from "@/lib/codes/reasons";
import {
  batchIdPattern,
  codeProblem,
  integrationIdMax,
  integrationIdProblem,
  tidied,
  usageLimitMax,
} from "@/lib/codes/rules";
import { parseStrictInstant } from "@/lib/instant";
import { instantSentences } from "@/lib/instant-reasons";
import { refusedBy } from "@/lib/refused-by";
import { say } from "@/lib/say";
import { shortened } from "@/lib/shortened";

/** A code somebody chose, tidied; the command folds its case. */
export const codeField = z.string().transform(tidied).superRefine(refusedBy(codeSentences, codeProblem));

/** An advocate's or friend's Integration ID, tidied: free text of 1 to 1,000 characters, case matters. */
export const integrationIdField = z
  .string()
  .transform(tidied)
  .superRefine(refusedBy(codeSentences, integrationIdProblem))
  .meta({ minLength: 1, maxLength: integrationIdMax });

/** Redemption limit, 0 is unlimited. */
export const usageLimitField = z
  .number({
    error: (issue) =>
      `“${shortened(String(issue.input))}” is no number: the redemption limit is a whole number from 0 (unlimited) to 999,999.`,
  })
  .int({
    error: (issue) =>
      `${String(issue.input)} is not whole: the redemption limit is a whole number from 0 (unlimited) to 999,999.`,
  })
  .refine((limit) => limit >= 0 && limit <= usageLimitMax, {
    error: (issue) =>
      `${String(issue.input)} is out of range: the redemption limit is a whole number from 0 (unlimited) to 999,999.`,
  })
  .meta({ minimum: 0, maximum: usageLimitMax, description: "How often the code may be redeemed; 0 is unlimited." });

const instant = (error: string) =>
  z
    .string({ error })
    .transform((text, context) => {
      const read = parseStrictInstant(text);
      if (read instanceof Date) return read;
      const message = `“${shortened(text)}” is no date: ${say(instantSentences, read)}`;
      context.addIssue({ code: "custom", message, params: read });
      return z.NEVER;
    })
    .meta({ format: "date-time" });

/** An instant that is there, as ISO text with zone. */
export const givenInstantField = instant("A date is text such as 2027-01-31T13:30:00Z.");

/** A resolved instant, as ISO text with zone, or null for no bound. The browser resolves what was typed in the application's zone. */
export const instantField = instant("A date is text such as 2027-01-31T13:30:00Z, or null for none.").nullable();

export const batchIdField = z.string().regex(batchIdPattern, {
  error: (issue) => `“${shortened(String(issue.input))}” is no Batch ID: those have 8 lowercase letters.`,
});

/** Ids come from URLs and forms as text; in the database they are 64-bit. */
export const idField = z.string().regex(/^[1-9]\d{0,17}$/, { error: "An id is a positive whole number." });

/** Ids of applications and campaigns, and versions: in the database they are 32-bit. */
export const smallIdField = z.int32({ error: "This is no positive whole number of 32 bits." }).positive();
