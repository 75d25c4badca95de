import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sentenceOf } from "@/lib/reasons";
import { describeBound, formatBound } from "./format";
import { type Bound, clockBound, formatZonedInput, parseZoned, zoneName } from "./zone";

const berlin = "Europe/Berlin";
const zones = [
  berlin,
  "UTC",
  "America/New_York",
  "America/Havana",
  "Africa/Cairo",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Pacific/Kiritimati",
];

function instant(text: string, bound: Bound, zone = berlin): string {
  const parsed = parseZoned(text, zone, bound);
  return parsed instanceof Date ? parsed.toISOString() : sentenceOf(parsed);
}

describe("parseZoned", () => {
  it("reads a date as the first instant of the day, and as an end the first instant after it", () => {
    expect(instant("2027-01-31", "start")).toBe("2027-01-30T23:00:00.000Z");
    expect(instant("2027-01-31", "end")).toBe("2027-01-31T23:00:00.000Z");
    expect(instant(" 2027-07-31 ", "end")).toBe("2027-07-31T22:00:00.000Z");
  });

  it("reads a time of day to the millisecond", () => {
    expect(instant("2027-01-31 14:30", "end")).toBe("2027-01-31T13:30:00.000Z");
    expect(instant("2027-01-31T14:30:05.25", "start")).toBe("2027-01-31T13:30:05.250Z");
    expect(instant("2027-01-31 14:30 +01:00", "start")).toBe("2027-01-31T13:30:00.000Z");
  });

  it.each([
    ["", "“” is not a date. Write it like 2027-01-31 or 2027-01-31 14:30."],
    ["31.01.2027", "“31.01.2027” is not a date. Write it like 2027-01-31 or 2027-01-31 14:30."],
    ["2027-02-31", "31 Feb 2027 does not exist: Feb 2027 has 28 days."],
    ["2027-13-01", "There is no month 13. Use 01 to 12."],
    ["2027-01-00", "0 Jan 2027 does not exist: Jan 2027 has 31 days."],
    ["0207-01-31", "The year 0207 is too early. Use 1900 to 9999."],
    ["2027-01-31 24:00", "There is no 24:00; write 00:00 of the next day, or 23:59:59 of this one."],
  ])("refuses %j", (text, sentence) => {
    expect(instant(text, "start")).toBe(sentence);
  });

  it("takes a time with an offset for the instant it is, whatever the zone", () => {
    for (const zone of zones) {
      expect(instant("2026-12-31T22:59:59Z", "end", zone)).toBe("2026-12-31T22:59:59.000Z");
      expect(instant("2027-01-31 14:30 +05:00", "start", zone)).toBe("2027-01-31T09:30:00.000Z");
      expect(instant("2027-01-31T14:30:00-0500", "start", zone)).toBe("2027-01-31T19:30:00.000Z");
    }
    expect(instant("2027-01-31 14:30 +99:00", "start")).toMatch(/no offset \+99:00/);
  });

  it("knows the usual “never” in every zone", () => {
    const never = new Date("9999-12-31T23:59:59Z");
    for (const zone of zones) {
      const day = parseZoned("9999-12-31", zone, "end");
      for (const date of [never, day as Date, new Date("1900-01-01T00:00:00Z")]) {
        for (const bound of ["start", "end"] as const) {
          expect(parseZoned(formatZonedInput(date, zone, bound), zone, bound)).toEqual(date);
          if (date.getUTCFullYear() === 1900 && bound === "end") continue; // the last day of 1899
          expect(formatBound(date, zone, bound)).toMatch(/^\d{1,2} \w{3} (9999|1900)(, \d\d:\d\d( UTC)?)?$/);
          expect(describeBound(date, zone, bound)).toMatch(/^Valid \w+ \d{1,2} \w{3} (9999|1900), \d\d:\d\d/);
        }
      }
    }
    expect(formatBound(never, "Asia/Kolkata", "end")).toBe("31 Dec 9999, 23:59 UTC");
    expect(formatBound(never, "America/New_York", "end")).toBe("31 Dec 9999, 18:59");
    expect(formatZonedInput(never, berlin, "end")).toBe("9999-12-31T23:59:59Z");
  });

  it("refuses a time that clocks skip", () => {
    expect(instant("2027-03-28 02:30", "start")).toBe(
      "28 Mar 2027, 02:30 does not exist in Europe/Berlin: clocks are put forward then. Use 03:00 or later.",
    );
  });

  it("asks which one is meant where clocks show a time twice", () => {
    expect(instant("2026-10-25 02:30", "start")).toBe(
      "25 Oct 2026, 02:30 happens twice in Europe/Berlin. Add +02:00 for the first time or +01:00 for the second.",
    );
    expect(instant("2026-10-25 02:30 +02:00", "start")).toBe("2026-10-25T00:30:00.000Z");
    expect(instant("2026-10-25 02:30 +01:00", "start")).toBe("2026-10-25T01:30:00.000Z");
  });

  it("starts a day whose midnight is skipped or doubled with its first instant", () => {
    expect(instant("2026-04-24", "start", "Africa/Cairo")).toBe("2026-04-23T22:00:00.000Z");
    expect(instant("2026-11-01", "start", "America/Havana")).toBe("2026-11-01T04:00:00.000Z");
    expect(instant("2011-12-29", "end", "Pacific/Apia")).toBe("2011-12-30T10:00:00.000Z");
    expect(instant("2011-12-30", "start", "Pacific/Apia")).toBe(
      "30 Dec 2011 was left out of the calendar in Pacific/Apia. Choose another day.",
    );
  });
});

describe("formatZonedInput", () => {
  it("is as short as the instant allows", () => {
    const at = (text: string, bound: Bound) => formatZonedInput(new Date(text), berlin, bound);
    expect(at("2027-01-31T23:00:00Z", "end")).toBe("2027-01-31");
    expect(at("2027-01-31T23:00:00Z", "start")).toBe("2027-02-01");
    expect(at("2027-01-31T13:30:00Z", "end")).toBe("2027-01-31 14:30");
    expect(at("2027-01-31T22:59:59.999Z", "end")).toBe("2027-01-31 23:59:59.999");
    expect(at("2027-01-31T22:59:59Z", "end")).toBe("2027-01-31 23:59:59");
    expect(at("2026-10-25T01:30:00Z", "start")).toBe("2026-10-25 02:30 +01:00");
    expect(formatZonedInput(null, berlin, "end")).toBe("");
  });

  it("is read back as the same instant in every zone, so that saving never moves a date", () => {
    const range = { min: new Date("1970-01-02T00:00:00Z"), max: new Date("2199-12-30T00:00:00Z"), noInvalidDate: true };
    const whole = fc.date(range).map((date) => new Date(Math.floor(date.getTime() / 900_000) * 900_000));
    fc.assert(
      fc.property(
        fc.oneof(fc.date(range), whole),
        fc.constantFrom(...zones),
        fc.constantFrom<Bound>("start", "end"),
        (date, zone, bound) => {
          expect(parseZoned(formatZonedInput(date, zone, bound), zone, bound)).toEqual(date);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("keeps every instant around the changes of the clocks", () => {
    for (const [zone, from] of [
      [berlin, "2026-10-24T20:00:00Z"],
      [berlin, "2027-03-27T20:00:00Z"],
      ["America/Havana", "2026-11-01T00:00:00Z"],
      ["Africa/Cairo", "2026-04-23T18:00:00Z"],
      ["Australia/Lord_Howe", "2026-04-04T10:00:00Z"],
      ["Pacific/Apia", "2011-12-30T04:00:00Z"],
    ] as const) {
      for (let quarter = 0; quarter < 48; quarter++) {
        const date = new Date(new Date(from).getTime() + quarter * 900_000);
        for (const bound of ["start", "end"] as const) {
          expect(parseZoned(formatZonedInput(date, zone, bound), zone, bound)).toEqual(date);
        }
      }
    }
  });
});

describe("the bounds of a range of clock readings", () => {
  it.each([
    ["2026-11-01", "start", "2026-10-31T23:00:00.000Z"],
    ["2026-11-01", "end", "2026-11-01T23:00:00.000Z"],
    ["2026-03-29", "end", "2026-03-29T22:00:00.000Z"], // a day of 23 hours
    ["2026-11-01T14:30", "start", "2026-11-01T13:30:00.000Z"],
    ["2026-11-01T14:30", "end", "2026-11-01T13:31:00.000Z"], // the minute belongs to the range
    ["2026-10-25T02:30", "start", "2026-10-25T00:30:00.000Z"], // the first of two
    ["2026-10-25T02:30", "end", "2026-10-25T01:31:00.000Z"], // after the second
    ["2026-03-29T02:30", "start", "2026-03-29T01:00:00.000Z"], // left out: the next there is
    ["2026-03-29T02:30", "end", "2026-03-29T01:00:00.000Z"],
  ] as const)("%s as a %s in Berlin is %s", (text, edge, instant) => {
    expect(clockBound(text, "Europe/Berlin", edge).toISOString()).toBe(instant);
  });
});

it.each([
  ["Europe/Berlin", "Central European Time"],
  ["America/New_York", "Eastern Time"],
  ["UTC", null],
])("%s is called %s", (zone, name) => expect(zoneName(zone)).toBe(name));
