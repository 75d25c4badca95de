import { tzOffset } from "@date-fns/tz";
import { instantProblem, instantText, monthNames, readClock, withinYears } from "@/lib/instant";
import { shortened } from "@/lib/shortened";
import type { ClockReason, ZoneNameReason } from "@/lib/zone-reasons";

/** Whether a time opens a span (inclusive) or closes it (exclusive). */
export type Bound = "start" | "end";

const minute = 60_000;
const day = 86_400_000;
const lastDay = "9999-12-31";

/**
 * A wall clock reading as a Date whose UTC fields are the fields on that clock. It is not an instant:
 * only the functions of this file and `lib/format.ts` may look at it.
 */
export function toWall(instant: Date, zone: string): Date {
  return new Date(instant.getTime() + offsetAt(instant.getTime(), zone));
}

/**
 * The instant that someone means by `text` on the clocks of `zone`, or what is wrong with it. A date without a time is the first instant of that day as a start, and the first
 * instant after it as an end, because ends are exclusive. A time with an offset or Z is that instant, whatever the zone;
 * it is needed only where a time occurs twice.
 */
export function parseZoned(text: string, zone: string, bound: Bound): Date | ClockReason {
  const value = text.trim();
  const reading = readClock(value);
  if (reading === null) return { reason: "date_misshapen", text: shortened(value) };
  if ("reason" in reading) return reading;
  const instant = reading.timed
    ? reading.offset === null
      ? instantOf(reading.wall, zone)
      : new Date(reading.wall - reading.offset)
    : wholeDayBound(reading.wall, zone, bound);
  return instant instanceof Date ? (instantProblem(instant) ?? instant) : instant;
}

function wholeDayBound(date: number, zone: string, bound: Bound): Date | ClockReason {
  const [first, after] = [firstInstantFrom(date, zone), firstInstantFrom(date + day, zone)];
  if (first === after) return { reason: "day_left_out", day: isoDate(new Date(date)), zone };
  return new Date(bound === "end" ? withinYears(after) : first);
}

/**
 * The instant at which a range of clock readings begins (`start`, inclusive) or ends (`end`, exclusive). `text` is a day
 * (`2026-11-01`) or a minute (`2026-11-01T14:30`) that exists in the calendar, and belongs to the range whole: a minute
 * that happens twice does so both times, one that is left out stands for the next there is.
 */
export function clockBound(text: string, zone: string, bound: Bound): Date {
  const wall = Date.parse(`${text.length === 10 ? `${text}T00:00` : text}:00Z`);
  if (bound === "start") return new Date(firstInstantFrom(wall, zone));
  if (text === lastDay) return new Date(wall + 2 * day); // also what is still of 9999 on the clocks of UTC
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
  if (whole && instantProblem(whole) === null) return isoDate(whole);
  const wall = toWall(instant, zone);
  const iso = wall.toISOString();
  // clocks that show another year than people can type: then those of UTC
  if (instantProblem(wall) !== null) return instantText(instant).replace(".000Z", "Z");
  const time =
    iso.slice(11, 16) + (iso.slice(17, 23) === "00.000" ? "" : `:${iso.slice(17, 23).replace(/\.000$/, "")}`);
  const twice = candidates(wall.getTime(), zone).length > 1;
  return `${isoDate(wall)} ${time}${twice ? ` ${offsetText(offsetAt(instant.getTime(), zone))}` : ""}`;
}

/** Whether the zone's clocks show another year at this instant than the clocks of UTC can be asked for, before 1900 or after 9999. */
export function beyondYears(instant: Date, zone: string): boolean {
  return instantProblem(instant) === null && instantProblem(toWall(instant, zone)) !== null;
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

function instantOf(wall: number, zone: string): Date | ClockReason {
  const [first, second] = candidates(wall, zone);
  const shown = { time: new Date(wall).toISOString().slice(0, 16), zone };
  if (first === undefined) {
    const next = wallTime(toWall(new Date(firstInstantFrom(wall, zone)), zone).getTime());
    return { reason: "time_left_out", ...shown, next };
  }
  if (second === undefined) return new Date(first);
  return { reason: "time_twice", ...shown, first: offsetText(wall - first), second: offsetText(wall - second) };
}

function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / minute);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function isoDate(wall: Date): string {
  return wall.toISOString().slice(0, 10);
}

/** A wall clock reading's date as shown to people: "31 Jan 2027". The same in every browser and on the server. */
export function wallDate(wall: number): string {
  const date = new Date(wall);
  return `${date.getUTCDate()} ${monthNames[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** A wall clock reading's time as shown to people: "14:30". */
export function wallTime(wall: number): string {
  return new Date(wall).toISOString().slice(-13, -8);
}

const regions =
  /^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[A-Za-z0-9_+-]+(\/[A-Za-z0-9_+-]+)?$/;

/**
 * Why a time zone cannot be an application's, or null. Only names of regions, and UTC, mean the same to every program:
 * abbreviations (IST, ECT) are of several zones, or unknown.
 */
export function zoneProblem(name: string): ZoneNameReason | null {
  if (name === "UTC") return null;
  if (!regions.test(name)) return { reason: "zone_without_region", name: shortened(name) };
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: name });
    return null;
  } catch {
    return { reason: "zone_unknown", name: shortened(name) };
  }
}

/**
 * What people call the time of a zone, such as “Central European Time”; null where it has no name. Browsers may call it otherwise
 * (Unicode's CLDR changes): for pages made on the server.
 */
export function zoneName(zone: string): string | null {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "longGeneric" }).formatToParts();
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? null;
  return name === null || name.startsWith("GMT") ? null : name;
}
