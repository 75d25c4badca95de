import { type Bound, beyondYears, toWall, wallDate, wallTime, wholeDay } from "./zone";

const numbers = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const plurals = new Intl.PluralRules("en-GB");

/** "1,234,567". */
export function formatNumber(value: number | bigint): string {
  return numbers.format(value);
}

const exact = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 20 });

/** A number with all its digits: "2,500", "12.345", "1e-21". For values that someone entered, which must not look rounded. */
export function formatExact(value: number): string {
  return value !== 0 && Math.abs(value) < 1e-15 ? String(value) : exact.format(value);
}

/** A whole number of any size: "1,099,511,627,776", and from 16 digits on "1.2 × 10³⁰". */
export function formatMagnitude(value: bigint): string {
  const digits = value.toString();
  if (digits.length <= 15) return formatNumber(value);
  const power = [...String(digits.length - 1)].map((digit) => superscripts[Number(digit)]).join("");
  return `${digits[0]}.${digits[1]} × 10${power}`;
}

/** "1 code", "1,234 codes": the number and the right form of its noun. */
export function formatCount(value: number | bigint, one: string, many = `${one}s`): string {
  return `${formatNumber(value)} ${plural(value, one, many)}`;
}

/** The right form of a noun for a number, without the number. */
export function plural(value: number | bigint, one: string, many = `${one}s`): string {
  return plurals.select(Number(value)) === "one" ? one : many;
}

/** "22 Nov 2026" on the clocks of the zone. */
function formatDate(instant: Date, zone: string): string {
  return wallDate(toWall(instant, zone).getTime());
}

/** "22 Nov 2026, 14:03" on the clocks of the zone; "31 Dec 9999, 23:59 UTC" where those show a year that nobody can type. */
export function formatDateTime(instant: Date, zone: string): string {
  const wall = toWall(instant, zone).getTime();
  if (beyondYears(instant, zone)) return `${formatDateTime(instant, "UTC")} UTC`;
  return `${wallDate(wall)}, ${wallTime(wall)}`;
}

/**
 * A bound as a list shows it: the day alone where it opens or closes a whole day, else with its time.
 * Ends are exclusive, so the end at 1 Feb 00:00 reads "31 Jan 2027".
 */
export function formatBound(instant: Date, zone: string, bound: Bound): string {
  const whole = beyondYears(instant, zone) ? null : wholeDay(instant, zone, bound);
  return whole ? wallDate(whole.getTime()) : formatDateTime(instant, zone);
}

/** What a typed bound means, in full: "Valid through 31 Jan 2027, 23:59 Europe/Berlin (22:59 UTC)". */
export function describeBound(instant: Date, zone: string, bound: Bound, verb = "Valid"): string {
  const { word, text } = boundInFull(instant, zone, bound);
  return `${verb} ${word} ${text}`;
}

/** A bound in full beside its name, "Valid from" or "Valid until": the end of a whole day is "through" that day. */
export function formatNamedBound(instant: Date, zone: string, bound: Bound): string {
  const { word, text } = boundInFull(instant, zone, bound);
  return word === "through" ? `${word} ${text}` : text;
}

function boundInFull(instant: Date, zone: string, bound: Bound): { word: "from" | "through" | "until"; text: string } {
  const through = bound === "end" && wholeDay(instant, zone, bound) !== null;
  const shown = through ? new Date(instant.getTime() - 60_000) : instant;
  const seconds = shown.getUTCSeconds() === 0 ? "" : `:${String(shown.getUTCSeconds()).padStart(2, "0")}`;
  return { word: bound === "start" ? "from" : through ? "through" : "until", text: inFull(shown, zone, seconds) };
}

function inFull(instant: Date, zone: string, seconds = ""): string {
  if (beyondYears(instant, zone)) return `${formatDateTime(instant, "UTC")}${seconds} UTC`;
  const utc = formatDateTime(instant, "UTC");
  const sameDay = formatDate(instant, zone) === formatDate(instant, "UTC");
  return `${formatDateTime(instant, zone)}${seconds} ${zone} (${sameDay ? utc.slice(-5) : utc}${seconds} UTC)`;
}

/** "22 Nov 2026, 14:03 Europe/Berlin (13:03 UTC)": an instant for a hint, where the zone is not in sight. */
export function formatInstant(instant: Date, zone: string): string {
  return inFull(instant, zone);
}

const byteUnits = ["bytes", "kB", "MB", "GB", "TB"];

/** "512 bytes", "1.4 MB": decimal units, as file managers show them. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), byteUnits.length - 1);
  const value = bytes / 1000 ** power;
  return `${numbers.format(power === 0 ? value : Number(value.toPrecision(3)))} ${byteUnits[power]}`;
}

/** "0.4 s", "12 s", "3 min 5 s", "2 h 4 min", from milliseconds. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 9_950) return `${Number((milliseconds / 1000).toFixed(1))} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const [large, small, units] =
    seconds < 3600
      ? [Math.floor(seconds / 60), seconds % 60, ["min", "s"]]
      : [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), ["h", "min"]];
  return small === 0 ? `${large} ${units[0]}` : `${large} ${units[0]} ${small} ${units[1]}`;
}

const relative = new Intl.RelativeTimeFormat("en-GB", { numeric: "always" });
const minute = 60_000;
const day = 24 * 60 * minute;
/** From how long on a distance is told in a unit, and how long one of it is; months and years are their means. */
const distances: [unit: Intl.RelativeTimeFormatUnit, from: number, length: number][] = [
  ["year", 548 * day, 365.2425 * day],
  ["month", 60 * day, 30.436875 * day],
  ["week", 21 * day, 7 * day],
  ["day", 36 * 60 * minute, day],
  ["hour", 90 * minute, 60 * minute],
  ["minute", minute, minute],
];

/** How far away a moment is, roughly: "in 5 weeks", "3 hours ago", "now". It goes beside the moment, never in its place. */
export function formatDistance(instant: Date, now: Date): string {
  const away = instant.getTime() - now.getTime();
  const found = distances.find(([, from]) => Math.abs(away) >= from);
  if (!found) return "now";
  const [unit, , length] = found;
  return relative.format(Math.round(away / length), unit);
}
