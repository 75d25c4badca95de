import { remembered } from "@/lib/remembered";

/** Whether the day or the month comes first in dates such as 3/4/2026. */
export type DateOrder = "day" | "month";
export const dateOrders = ["day", "month"] as const;

/**
 * A date as people write it, as the text that `parseZoned` reads: `2026-04-03 14:30`. `order` is the one that its numbers were read
 * in; null where they leave no choice. Numbers that are both a day and a month can be `either`.
 */
export type WrittenDate = { iso: string; order: DateOrder | null } | { either: Record<DateOrder, string> };

/** More than any date has, so that no pattern looks at more. */
const longest = 60;

const clock = String.raw`(?:(?:,\s*|\s+|[Tt])(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([AaPp])\.?[Mm]\.?)?)?`;
/** Times of half a day that no clock shows, such as 13 PM and 0 AM. */
const noTime = /(?:^|[^\d:])(?:00?|1[3-9]|[2-9]\d):\d{2}(?::\d{2})?\s*[AaPp]\.?[Mm]\.?$/;
const yearFirst = new RegExp(String.raw`^(\d{4})([./-])(\d{1,2})\2(\d{1,2})${clock}$`);
const yearLast = new RegExp(String.raw`^(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})${clock}$`);
const dayThenName = new RegExp(
  String.raw`^(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]*(?:of\s+|de\s+)?(\p{L}{3,12})\.?,?(?:\s+de)?[\s-]+(\d{4}|\d{2})${clock}$`,
  "iu",
);
const nameThenDay = new RegExp(String.raw`^(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${clock}$`, "iu");

/** Months by their names, long and short, in the languages of most shops here; the first language that has a name says what it is. */
const months = new Map<string, number>();
for (const language of ["en", "de", "fr", "es", "it", "nl", "pt", "pl"]) {
  for (const width of ["long", "short"] as const) {
    const format = new Intl.DateTimeFormat(language, { month: width, day: "numeric", timeZone: "UTC" });
    for (let month = 0; month < 12; month += 1) {
      const parts = format.formatToParts(Date.UTC(2026, month, 1));
      const name = parts.find(({ type }) => type === "month")?.value ?? "";
      const key = monthKey(name);
      if (/^\p{L}{3,12}$/u.test(key) && !months.has(key)) months.set(key, month + 1);
    }
  }
}
months.set("sept", 9);

function monthKey(name: string): string {
  return name.toLowerCase().normalize("NFC").replace(/\.$/, "");
}

const two = (value: number) => String(value).padStart(2, "0");

function isoOf(year: string, month: number, day: number, time: (string | undefined)[]): string {
  const [hour, minute, second, half] = time;
  const date = `${year.length === 2 ? `20${year}` : year}-${two(month)}-${two(day)}`;
  if (hour === undefined) return date;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  return `${date} ${two(hours)}:${minute}${second === undefined ? "" : `:${second}`}`;
}

function readNumbers(match: RegExpExecArray, asked: DateOrder | null): WrittenDate {
  const [, one = "", sign, other = "", year = "", ...time] = match;
  const [first, second] = [Number(one), Number(other)];
  const read = { day: isoOf(year, second, first, time), month: isoOf(year, first, second, time) };
  if (sign === ".") return { iso: read.day, order: null }; // nobody writes dots behind months
  if (asked) return { iso: read[asked], order: first === second ? null : asked };
  if (first === second) return { iso: read.day, order: null };
  if (first > 12) return { iso: read.day, order: "day" };
  return second > 12 ? { iso: read.month, order: "month" } : { either: read };
}

function readAny(text: string, asked: DateOrder | null): WrittenDate | null {
  const value = text.trim();
  if (value.length > longest || noTime.test(value)) return null;
  const numbers = yearLast.exec(value);
  if (numbers) return readNumbers(numbers, asked);
  const iso = yearFirst.exec(value);
  if (iso) {
    const [, year = "", , month, day, ...time] = iso;
    return { iso: isoOf(year, Number(month), Number(day), time), order: null };
  }
  const spoken = value.replace(/^\p{L}{2,12}\.?,\s+/u, ""); // the day of the week
  const named = dayThenName.exec(spoken);
  const turned = named ? null : nameThenDay.exec(spoken);
  const [name, day, year, time] = named
    ? [named[2], named[1], named[3], named.slice(4)]
    : [turned?.[1], turned?.[2], turned?.[3], turned?.slice(4) ?? []];
  const month = months.get(monthKey(name ?? ""));
  if (month === undefined || year === undefined) return null;
  return { iso: isoOf(year, month, Number(day), time), order: null };
}

const readers = {
  day: remembered((text) => ({ read: readAny(text, "day") })),
  month: remembered((text) => ({ read: readAny(text, "month") })),
  none: remembered((text) => ({ read: readAny(text, null) })),
};

/**
 * Reads `31.12.2026`, `12/31/2026`, `31/12/26 14:30`, `3 April 2026`, `Apr 3, 2026 2:30 PM`. Years of two digits are of this century.
 * Whether there is such a day is for `parseZoned` to say. Null for text in another form.
 * @param order in which order numbers are read; null where that is not known
 */
export function readWrittenDate(text: string, order: DateOrder | null): WrittenDate | null {
  return readers[order ?? "none"](text).read;
}
