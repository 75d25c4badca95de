import { formatBound } from "@/lib/format";
import { asLabel, unsetWord } from "@/lib/words";

/** A schedule in words: "No end", "From 1 Dec 2026", "Through 31 Jan 2027", "1 Dec 2026 – 31 Jan 2027". */
export function scheduleText(schedule: { startTime: Date | null; endTime: Date | null }, zone: string): string {
  const start = schedule.startTime && formatBound(schedule.startTime, zone, "start");
  const end = schedule.endTime && formatBound(schedule.endTime, zone, "end");
  if (start && end) return `${start} – ${end}`;
  if (start) return `From ${start}`;
  return end ? `Until ${end}` : asLabel(unsetWord("validUntil"));
}
