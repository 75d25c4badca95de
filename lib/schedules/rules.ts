import type { Problem } from "@/lib/errors";

/** How far ahead a change can be scheduled, in years. */
export const yearsAhead = 5;
/** How many changes of a campaign can be waiting or lasting at a time. */
export const schedulesMax = 500;

/** What is wrong with the moments of a schedule, by field; none where it can be. */
export function scheduleProblems(starts: Date, ends: Date | null, now: Date): Problem[] {
  const last = new Date(now);
  last.setUTCFullYear(last.getUTCFullYear() + yearsAhead);
  const far = { reason: "schedule_far", years: yearsAhead } as const;
  const problems: Problem[] = [];
  if (starts <= now) problems.push({ field: ["starts"], reason: { reason: "schedule_past" } });
  else if (starts > last) problems.push({ field: ["starts"], reason: far });
  if (ends && ends <= starts) problems.push({ field: ["ends"], reason: { reason: "schedule_order" } });
  else if (ends && ends > last) problems.push({ field: ["ends"], reason: far });
  return problems;
}
