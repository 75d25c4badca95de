import type { z } from "zod";
import type { FieldProblems } from "@/lib/errors";

/** Each problem of a zod error by its dotted path; the first one a field has. For forms as well as for actions. */
export function fieldProblems(error: z.ZodError): FieldProblems {
  const problems: FieldProblems = {};
  for (const issue of error.issues) problems[issue.path.join(".")] ??= issue.message;
  return problems;
}
