import { parseInstant, readClock } from "@/lib/instant";
import type { Assumption } from "@/lib/referrals/row-problems";
import type { RowReason } from "@/lib/referrals/row-reasons";
import { shortened } from "@/lib/shortened";
import { type DateOrder, readWrittenDate } from "@/lib/written-date";
import { type Bound, parseZoned, wallDate } from "@/lib/zone";

/** What was found of the dates of a file that are written as people write them. */
export interface DateFacts {
  /** How many have numbers that are a day and a month in this order alone, or were read so because somebody said so. */
  day: number;
  month: number;
  /** How many have numbers that can be read in both. */
  either: number;
  /** The first of those that can be read in both, and both readings. */
  example: { text: string; day: string; month: string } | null;
  /** One that was read, as it stands and as what: an instant in ISO 8601 and which bound it is. */
  read: { text: string; instant: string; bound: Bound } | null;
}

export const noDates = (): DateFacts => ({ day: 0, month: 0, either: 0, example: null, read: null });

/** The order that all dates of a file prove, where it makes a difference and one of them does; null otherwise. */
export function provenOrder({ day, month, either }: DateFacts): DateOrder | null {
  if (either === 0 || day > 0 === month > 0) return null;
  return day > 0 ? "day" : "month";
}

/** How dates are read: on whose clocks, and as people write them where `written` says in which order and what was found. */
export interface DateRules {
  timeZone: string;
  written?: { order: DateOrder | null; facts: DateFacts };
}

const dayWords = (iso: string) => wallDate(Date.parse(iso.slice(0, 10)));

/**
 * The instant that a cell means, or why it means none.
 * @param zone on whose clocks the column has its dates, where its name says so
 */
export function readDateCell(
  text: string,
  bound: Bound,
  { timeZone, written }: DateRules,
  zone: string | undefined,
  assume: (assumption: Assumption) => void,
): Date | RowReason {
  const instant = parseInstant(text);
  if (instant instanceof Date) return instant;
  const clocks = zone ?? (written && timeZone);
  if (clocks === undefined) return wholeDayAdvice(text, bound, timeZone) ?? instant;
  const zoned = parseZoned(text, clocks, bound);
  if (zoned instanceof Date) assume(zone === undefined ? "localDates" : "zonedDates");
  if (zoned instanceof Date || !written || readClock(text) !== null) return zoned;
  const people = readWrittenDate(text, written.order);
  if (people === null) return instant.reason === "instant_day_number" ? instant : zoned;
  const { facts } = written;
  if ("either" in people) {
    const [day, month] = [dayWords(people.either.day), dayWords(people.either.month)];
    facts.either += 1;
    facts.example ??= { text: shortened(text), day, month };
    return { reason: "row_date_either", day, month };
  }
  const read = parseZoned(people.iso, clocks, bound);
  if (!(read instanceof Date)) return read;
  if (people.order) facts[people.order] += 1;
  if (!facts.read || (people.order && facts.day + facts.month === 1))
    facts.read = { text: shortened(text), instant: read.toISOString(), bound };
  assume("writtenDates");
  return read;
}

/** How a day without a time is to be written, so that it means what it means in a form; null for anything else. */
function wholeDayAdvice(text: string, bound: Bound, zone: string): RowReason | null {
  const reading = readClock(text);
  if (reading === null || "reason" in reading || reading.timed) return null;
  const instant = parseZoned(text, zone, bound);
  if (!(instant instanceof Date)) return instant;
  return { reason: "row_day_alone", bound, zone, instant: instant.toISOString().replace(".000Z", "Z") };
}
