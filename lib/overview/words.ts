import { formatCount, formatNumber } from "@/lib/format";
import type { Granularity, OverviewRange, Period } from "@/lib/overview/range";
import { wallDate } from "@/lib/zone";

const dateOf = (day: string) => wallDate(Date.parse(`${day.slice(0, 10)}T00:00:00Z`));

/** A period in words: “1 Nov 2026”, “30 Oct 2026 – 28 Nov 2026”, “…, 14:44” where it ends at a minute. */
export function periodText({ from, to }: Period): string {
  return from === to ? dateOf(from) : `${dateOf(from)} – ${endText(to)}`;
}

/** The end of a period in words: “28 Nov 2026”, “28 Nov 2026, 14:44” where it is a minute. */
export function endText(to: string): string {
  const time = to.slice(11);
  return `${dateOf(to)}${time && `, ${time}`}`;
}

/** A step as the axis of a chart has it: “22 Nov”, “Nov 2026”. */
export function stepLabel({ from }: Period, by: Granularity): string {
  const [day, month, year] = dateOf(from).split(" ");
  return by === "month" ? `${month} ${year}` : `${day} ${month}`;
}

/** What a figure is beside the one of the time before: “131 more (+12 %) than”, “as many as”. */
export function differenceText(now: number, before: number): string {
  if (now === before) return "as many as";
  const difference = Math.abs(now - before);
  const share =
    before === 0 ? "" : ` (${now > before ? "+" : "−"}${formatNumber(Math.round((difference / before) * 100))} %)`;
  return `${formatNumber(difference)} ${now > before ? "more" : "fewer"}${share} than`;
}

/** “in the 30 days before” */
export function beforeText({ days }: Pick<OverviewRange, "days">): string {
  return days === 1 ? "on the day before" : `in the ${formatCount(days, "day")} before`;
}
