import { instantRange } from "@/lib/referrals/rules";
import { remembered } from "@/lib/remembered";

const shape = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;
const example = "2026-11-01T00:00:00Z or 2026-11-01T01:00:00+01:00";
const earliest = Date.parse(instantRange.first);
const latest = Date.parse(instantRange.last);

/** Days of a month, 1 to 12; leap years by the Gregorian rule. */
function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function misshapen(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return `A date needs a time and a zone: write ${text}T00:00:00Z.`;
  if (/^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text)) {
    return `A date needs a zone: write it like ${example}.`;
  }
  return `A date is written year first, with time and zone (RFC 3339), like ${example}.`;
}

/**
 * The instant an RFC 3339 text with any offset names, to the millisecond; or a sentence that says what is wrong. A day or
 * an hour that does not exist is named, never moved.
 */
export const parseInstant: (text: string) => Date | string = remembered((text) => {
  const match = shape.exec(text);
  if (!match) return misshapen(text);
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12) return `There is no month ${match[2]}: months go from 01 to 12.`;
  if (day < 1 || day > daysIn(year, month)) {
    return `${match[1]}-${match[2]}-${match[3]} does not exist: that month has ${daysIn(year, month)} days.`;
  }
  if (hour > 23) return `There is no hour ${match[4]}: hours go from 00 to 23.`;
  if (minute > 59 || second > 59) {
    return `There is no time ${match[4]}:${match[5]}:${match[6]}: minutes and seconds go from 00 to 59.`;
  }
  if (Number(match[9] ?? 0) > 23 || Number(match[10] ?? 0) > 59) {
    return `There is no zone ${match[8]}${match[9]}:${match[10]}: it goes up to 23:59.`;
  }
  const milliseconds = (match[7] ?? "").slice(0, 3).padEnd(3, "0");
  const zone = match[8] ? `${match[8]}${match[9]}:${match[10]}` : "Z";
  const instant = new Date(
    `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}.${milliseconds}${zone}`,
  );
  if (instant.getTime() < earliest || instant.getTime() > latest) return "A date lies between the years 0001 and 9999.";
  return instant;
});
