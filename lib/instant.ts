import type { InstantReason } from "@/lib/instant-reasons";
import { remembered } from "@/lib/remembered";
import { shortened } from "@/lib/shortened";

/** Every date lies here, whatever way it comes in by; what is stored already and lies elsewhere is shown all the same. */
export const instantRange = { first: "1900-01-01T00:00:00.000Z", last: "9999-12-31T23:59:59.999Z" } as const;
const [earliest, latest] = [Date.parse(instantRange.first), Date.parse(instantRange.last)];

export const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const shape =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,20}))?)?(?: ?([Zz]|[+-]\d{2}(?::?\d{2})?))?)?$/;
const strictShape = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** What is wrong with a year, or null. */
function yearProblem(year: number): InstantReason | null {
  return year >= 1900 && year <= 9999 ? null : { reason: "year_outside", year };
}

/** What is wrong with an instant's year on the clocks of UTC, or null. */
export function instantProblem(instant: Date): InstantReason | null {
  const at = instant.getTime();
  return at >= earliest && at <= latest ? null : yearProblem(instant.getUTCFullYear());
}

/** The nearest instant that can be stored: a day's end in 9999 lies in the year 10000 on some clocks. */
export function withinYears(instant: number): number {
  return Math.min(instant, latest);
}

/** What is wrong with a day of the calendar, or null. */
export function dayProblem(year: number, month: number, day: number): InstantReason | null {
  const outside = yearProblem(year);
  if (outside) return outside;
  if (month < 1 || month > 12) return { reason: "month_unknown", month };
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return day >= 1 && day <= days ? null : { reason: "day_unknown", year, month, day, days };
}

function timeProblem(hour: number, minute: number, second: number): InstantReason | null {
  if (hour === 24 && minute === 0 && second === 0) return { reason: "time_24" };
  if (hour > 23) return { reason: "hour_unknown", hour };
  if (minute > 59) return { reason: "minute_unknown", minute };
  return second > 59 ? { reason: "second_unknown", second } : null;
}

/** What a text says of a day and a time, before anyone asks on which clocks. */
export interface ClockReading {
  /** Milliseconds as if the clocks were those of UTC. */
  wall: number;
  /** Whether a time of day is given. */
  timed: boolean;
  /** Milliseconds that its clocks are ahead of UTC; null where the text does not say. */
  offset: number | null;
}

/**
 * Reads `2026-11-01`, and with a time `2026-11-01T14:30:05.250+01:00`: also with a blank for the T, without seconds, and with
 * the offset as +0100 or +01. Null for another shape; a reason for what there is not, which is never moved.
 */
export function readClock(text: string): ClockReading | InstantReason | null {
  const match = shape.exec(text);
  if (!match) return null;
  const part = (index: number) => Number(match[index] ?? 0);
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  const problem = dayProblem(year, month, day) ?? timeProblem(hour, minute, second);
  if (problem) return problem;
  const fraction = match[7] ?? "";
  if (/[1-9]/.test(fraction.slice(3))) return { reason: "fraction_long", fraction: shortened(fraction) };
  const offset = match[8] === undefined ? null : offsetOf(match[8]);
  if (typeof offset === "object" && offset !== null) return offset;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second, Number(fraction.slice(0, 3).padEnd(3, "0")));
  return { wall, timed: match[4] !== undefined, offset };
}

function offsetOf(text: string): number | InstantReason {
  if (/^z$/i.test(text)) return 0;
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(3).replace(":", ""))];
  if (hours > 23 || minutes > 59) return { reason: "offset_unknown", offset: text };
  return (text.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function misshapen(text: string): InstantReason {
  if (/^\d{1,2}[./-]\d{1,2}[./-]\d{4}(?!\d)/.test(text)) return { reason: "instant_year_last" };
  return { reason: /^\d{4,6}([.,]\d+)?$/.test(text) ? "instant_day_number" : "instant_misshapen" };
}

/**
 * The instant that a text with any offset names, to the millisecond; or what is wrong with it. What people's programs write is
 * read: see `readClock`.
 */
export const parseInstant: (text: string) => Date | InstantReason = remembered((text) => {
  const reading = readClock(text);
  if (reading === null) return misshapen(text);
  if ("reason" in reading) return reading;
  if (!reading.timed) return { reason: "instant_without_time" };
  if (reading.offset === null) return { reason: "instant_without_zone" };
  const instant = new Date(reading.wall - reading.offset);
  return instantProblem(instant) ?? instant;
});

/** The same for what programs exchange: RFC 3339 to the letter. */
export function parseStrictInstant(text: string): Date | InstantReason {
  const instant = parseInstant(text);
  return instant instanceof Date && !strictShape.test(text) ? misshapen(text) : instant;
}

/** An instant as SQL reads it: years beyond 9999 without the sign that ISO 8601 gives them. */
export function instantText(instant: Date): string {
  return instant.toISOString().replace(/^\+0*/, "");
}
