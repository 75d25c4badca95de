import { formatDateTime } from "@/lib/format";
import type { Granularity } from "@/lib/redemptions/series";
import { clockBound, formatZonedInput } from "@/lib/zone";

/** The ranges of time that a chart shows, and how long its steps are. */
export const spans = {
  day: { label: "24 hours", granularity: "1 hour" },
  month: { label: "30 days", granularity: "1 day" },
  year: { label: "12 months", granularity: "1 month" },
} as const satisfies Record<string, { label: string; granularity: Granularity }>;
export type Span = keyof typeof spans;
export const spanNames = Object.keys(spans) as Span[];

/** The span that a page's address asks for; 30 days where it names none that there is. */
export function spanOf(text: unknown): Span {
  return spanNames.find((name) => name === text) ?? "month";
}

/** From when on a span is shown that ends now: whole hours, days or months of the zone's clocks, the running one among them. */
export function spanStart(span: Span, now: Date, zone: string): Date {
  if (span === "day") {
    const minutes = Number(formatDateTime(now, zone).slice(-2));
    return new Date(Math.floor(now.getTime() / 60_000) * 60_000 - (minutes + 23 * 60) * 60_000);
  }
  const [year = 0, month = 1, day = 1] = formatZonedInput(now, zone, "start").slice(0, 10).split("-").map(Number);
  const first = span === "year" ? Date.UTC(year, month - 12, 1) : Date.UTC(year, month - 1, day - 29);
  return clockBound(new Date(first).toISOString().slice(0, 10), zone, "start");
}

/** A step of a span as the axis has it: “14:00”, “22 Nov” or “Nov 2026”. */
export function stepLabel(span: Span, begins: Date, zone: string): string {
  const [date = "", time = ""] = formatDateTime(begins, zone).split(", ");
  if (span === "day") return time;
  const [day, month, year] = date.split(" ");
  return span === "month" ? `${day} ${month}` : `${month} ${year}`;
}
