import type { Problem } from "@/lib/errors";
import { type Reason, sentenceOf } from "@/lib/reasons";

/** A reason as pages say it; null where there is none. */
export function said(reason: Reason | null): string | null {
  return reason && sentenceOf(reason);
}

/** The problems of fields as pages say them, by their paths. */
export function problemsSaid(problems: readonly Problem[]): Record<string, string> {
  return Object.fromEntries(problems.map(({ field, reason }) => [field.join("."), sentenceOf(reason)]));
}
