import { monthNames } from "@/lib/instant";
import type { Sentences } from "@/lib/say";

/** Why a text is no instant. */
export type InstantReason =
  | { reason: "year_outside"; year: number }
  | { reason: "month_unknown"; month: number }
  | { reason: "day_unknown"; year: number; month: number; day: number; days: number }
  | { reason: "time_24" }
  | { reason: "hour_unknown"; hour: number }
  | { reason: "minute_unknown"; minute: number }
  | { reason: "second_unknown"; second: number }
  | { reason: "fraction_long"; fraction: string }
  | { reason: "offset_unknown"; offset: string }
  | { reason: "instant_year_last" | "instant_day_number" | "instant_misshapen" }
  | { reason: "instant_without_time" | "instant_without_zone" };

const example = "2026-11-01T00:00:00Z or 2026-11-01T01:00:00+01:00";

export const instantSentences: Sentences<InstantReason> = {
  year_outside: ({ year }) =>
    `The year ${String(year).padStart(4, "0")} is too ${year < 1900 ? "early" : "late"}. Use 1900 to 9999.`,
  month_unknown: ({ month }) => `There is no month ${String(month).padStart(2, "0")}. Use 01 to 12.`,
  day_unknown: ({ year, month, day, days }) => {
    const name = `${monthNames[month - 1]} ${year}`;
    return `${day} ${name} does not exist: ${name} has ${days} days.`;
  },
  time_24: () => "There is no 24:00; write 00:00 of the next day, or 23:59:59 of this one.",
  hour_unknown: ({ hour }) => `There is no hour ${hour}. Use 00 to 23.`,
  minute_unknown: ({ minute }) => `There is no minute ${minute}. Use 00 to 59.`,
  second_unknown: ({ second }) => `There is no second ${second}. Use 00 to 59.`,
  fraction_long: ({ fraction }) =>
    `Times are kept to the millisecond, and “.${fraction}” has more digits. Write up to three.`,
  offset_unknown: ({ offset }) => `There is no offset ${offset} from UTC: offsets go up to 23:59.`,
  instant_year_last: () => `A date is written year first, with time and zone, like ${example}.`,
  instant_day_number: () =>
    `This is a spreadsheet’s number of a day. Give the column a date format, year first, with time and zone, like ${example}.`,
  instant_misshapen: () => `This is no date with time and zone (RFC 3339), like ${example}.`,
  instant_without_time: () => `A date needs a time and a zone: write it like ${example}.`,
  instant_without_zone: () => `A time needs a zone: write it like ${example}.`,
};
