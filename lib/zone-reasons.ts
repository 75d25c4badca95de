import { type InstantReason, instantSentences } from "@/lib/instant-reasons";
import type { Sentences } from "@/lib/say";
import { wallDate, wallTime } from "@/lib/zone";

/** Why a name is no time zone that an application's clocks can have. */
export type ZoneNameReason = { reason: "zone_unknown" | "zone_without_region"; name: string };

/** Why a text is no day or time on the clocks of a zone. `time` is what they would show, such as `2027-03-28T02:30`. */
export type ClockReason =
  | InstantReason
  | { reason: "date_misshapen"; text: string }
  | { reason: "day_left_out"; day: string; zone: string }
  | { reason: "time_left_out"; time: string; zone: string; next: string }
  | { reason: "time_twice"; time: string; zone: string; first: string; second: string };
export type ZoneReason = ClockReason | ZoneNameReason;

function shown(time: string): string {
  const wall = Date.parse(`${time}Z`);
  return `${wallDate(wall)}, ${wallTime(wall)}`;
}

export const clockSentences: Sentences<ClockReason> = {
  ...instantSentences,
  date_misshapen: ({ text }) => `“${text}” is not a date. Write it like 2027-01-31 or 2027-01-31 14:30.`,
  day_left_out: ({ day, zone }) =>
    `${wallDate(Date.parse(day))} was left out of the calendar in ${zone}. Choose another day.`,
  time_left_out: ({ time, zone, next }) =>
    `${shown(time)} does not exist in ${zone}: clocks are put forward then. Use ${next} or later.`,
  time_twice: ({ time, zone, first, second }) =>
    `${shown(time)} happens twice in ${zone}. Add ${first} for the first time or ${second} for the second.`,
};

export const zoneSentences: Sentences<ZoneReason> = {
  ...clockSentences,
  zone_unknown: ({ name }) => `“${name}” is no time zone that this server knows. Choose one, such as Europe/Berlin.`,
  zone_without_region: ({ name }) =>
    `“${name}” does not mean one time zone everywhere. Choose one by its region, such as Europe/Berlin or Asia/Kolkata, or UTC.`,
};
