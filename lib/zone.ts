import { tzOffset } from "@date-fns/tz";

/** Whether a time opens a span (inclusive) or closes it (exclusive). */
export type Bound = "start" | "end";

const minute = 60_000;
const day = 86_400_000;
const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const typed =
  /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(?: ?(Z|[+-]\d{2}:?\d{2}))?)?$/;

/**
 * A wall clock reading as a Date whose UTC fields are the fields on that clock. It is not an instant:
 * only the functions of this file and `lib/format.ts` may look at it.
 */
export function toWall(instant: Date, zone: string): Date {
  return new Date(instant.getTime() + offsetAt(instant.getTime(), zone));
}

/**
 * The instant that someone means by `text` on the clocks of `zone`, or a sentence that says what is wrong
 * and how to mend it. A date without a time is the first instant of that day as a start, and the first
 * instant after it as an end, because ends are exclusive. An offset is needed only where a time occurs twice.
 */
export function parseZoned(text: string, zone: string, bound: Bound): Date | string {
  const value = text.trim();
  const match = typed.exec(value);
  if (!match) return `“${shorten(value)}” is not a date. Write it like 2027-01-31 or 2027-01-31 14:30.`;
  const [, year, month, dayOfMonth, hour, minutes, seconds = "0", fraction = "", offset] = match;
  const date = Date.UTC(Number(year), Number(month) - 1, Number(dayOfMonth));
  const impossible = checkCalendar(Number(year), Number(month), Number(dayOfMonth));
  if (impossible) return impossible;
  if (firstInstantFrom(date, zone) === firstInstantFrom(date + day, zone)) {
    return `${wallDate(date)} was left out of the calendar in ${zone}. Choose another day.`;
  }
  if (hour === undefined) return new Date(firstInstantFrom(bound === "end" ? date + day : date, zone));
  if (Number(hour) > 23 || Number(minutes) > 59 || Number(seconds) > 59) {
    return `“${value}” is not a time of day. Use 00:00 to 23:59.`;
  }
  const wall =
    date +
    Number(hour) * 60 * minute +
    Number(minutes) * minute +
    Number(seconds) * 1000 +
    Number(fraction.padEnd(3, "0"));
  return instantOf(wall, zone, offset);
}

/**
 * The instant at which a range of clock readings begins (`start`, inclusive) or ends (`end`, exclusive). `text` is a day
 * (`2026-11-01`) or a minute (`2026-11-01T14:30`) that exists in the calendar, and belongs to the range whole: a minute
 * that happens twice does so both times, one that is left out stands for the next there is.
 */
export function clockBound(text: string, zone: string, bound: Bound): Date {
  const wall = Date.parse(`${text.length === 10 ? `${text}T00:00` : text}:00Z`);
  if (bound === "start") return new Date(firstInstantFrom(wall, zone));
  if (text.length === 10) return new Date(firstInstantFrom(wall + day, zone));
  const again = candidates(wall, zone).at(-1);
  return new Date(again === undefined ? firstInstantFrom(wall + minute, zone) : again + minute);
}

/**
 * The text that `parseZoned` reads back as exactly this instant: as short as it can be, a date alone where the
 * instant is the bound of a whole day. Never rounds, so saving a form twice never moves a date.
 */
export function formatZonedInput(instant: Date | null, zone: string, bound: Bound): string {
  if (!instant) return "";
  const whole = wholeDay(instant, zone, bound);
  if (whole) return isoDate(whole);
  const wall = toWall(instant, zone);
  const iso = wall.toISOString();
  const time =
    iso.slice(11, 16) + (iso.slice(17, 23) === "00.000" ? "" : `:${iso.slice(17, 23).replace(/\.000$/, "")}`);
  const twice = candidates(wall.getTime(), zone).length > 1;
  return `${isoDate(wall)} ${time}${twice ? ` ${offsetText(offsetAt(instant.getTime(), zone))}` : ""}`;
}

/** The day (as a wall clock reading) that this bound opens or closes as a whole, or null if it has a time of day. */
export function wholeDay(instant: Date, zone: string, bound: Bound): Date | null {
  const inside = new Date(instant.getTime() - (bound === "end" ? 1 : 0));
  const date = Math.floor(toWall(inside, zone).getTime() / day) * day;
  const edge = firstInstantFrom(bound === "end" ? date + day : date, zone);
  return edge === instant.getTime() ? new Date(date) : null;
}

// A page of the list asks for the same few instants over and over, and the zone's rules took most of its formatting time.
const offsets = new Map<string, number>();
const offsetsKept = 10_000;

/** Offset of the zone's clocks from UTC at an instant, in milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const key = `${instant} ${zone}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const offset = Math.round(tzOffset(zone, new Date(instant)) * minute);
  if (offsets.size >= offsetsKept) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** Every instant at which clocks in the zone show this reading, earliest first: none in a gap, two in a fold. */
function candidates(wall: number, zone: string): number[] {
  const around = new Set([offsetAt(wall - day, zone), offsetAt(wall + day, zone)]);
  return [...around]
    .map((offset) => wall - offset)
    .filter((instant) => instant + offsetAt(instant, zone) === wall)
    .sort((a, b) => a - b);
}

/** The first instant at which clocks in the zone show this reading or a later one. */
function firstInstantFrom(wall: number, zone: string): number {
  const [first] = candidates(wall, zone);
  if (first !== undefined) return first;
  let before = wall - Math.max(offsetAt(wall - day, zone), offsetAt(wall + day, zone));
  let after = wall - Math.min(offsetAt(wall - day, zone), offsetAt(wall + day, zone));
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle + offsetAt(middle, zone) >= wall) after = middle;
    else before = middle;
  }
  return after;
}

function instantOf(wall: number, zone: string, offset: string | undefined): Date | string {
  const found = candidates(wall, zone);
  const shown = `${wallDate(wall)}, ${wallTime(wall)}`;
  if (found.length === 0) {
    const later = new Date(firstInstantFrom(wall, zone));
    return `${shown} does not exist in ${zone}: clocks are put forward then. Use ${wallTime(toWall(later, zone).getTime())} or later.`;
  }
  if (offset !== undefined) {
    const chosen = found.find((instant) => wall - instant === offsetValue(offset));
    if (chosen !== undefined) return new Date(chosen);
    const real = found.map((instant) => offsetText(wall - instant)).join(" or ");
    return `${shown} is at ${real} in ${zone}, not at ${offset}. Leave the offset out or correct it.`;
  }
  const [first = 0, second] = found;
  if (second === undefined) return new Date(first);
  const [summer, winter] = [offsetText(wall - first), offsetText(wall - second)];
  return `${shown} happens twice in ${zone}. Add ${summer} for the first time or ${winter} for the second.`;
}

function checkCalendar(year: number, month: number, dayOfMonth: number): string | null {
  if (year < 1900) return `The year ${String(year).padStart(4, "0")} is too early. Use 1900 to 9999.`;
  if (month < 1 || month > 12) return `There is no month ${month}. Use 01 to 12.`;
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (dayOfMonth >= 1 && dayOfMonth <= days) return null;
  const name = `${monthNames[month - 1]} ${year}`;
  return `${dayOfMonth} ${name} does not exist: ${name} has ${days} days.`;
}

function offsetValue(text: string): number {
  if (text === "Z") return 0;
  const sign = text.startsWith("-") ? -1 : 1;
  return sign * (Number(text.slice(1, 3)) * 60 + Number(text.slice(-2))) * minute;
}

function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / minute);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function isoDate(wall: Date): string {
  return wall.toISOString().slice(0, -14);
}

/** A wall clock reading's date as shown to people: "31 Jan 2027". The same in every browser and on the server. */
export function wallDate(wall: number): string {
  const date = new Date(wall);
  return `${date.getUTCDate()} ${monthNames[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** A wall clock reading's time as shown to people: "14:30". */
export function wallTime(wall: number): string {
  return new Date(wall).toISOString().slice(11, 16);
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** Whether `name` is a time zone by name, such as "Europe/Berlin" or "UTC"; offsets are none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
