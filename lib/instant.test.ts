import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantRange, instantText, parseInstant, parseStrictInstant } from "@/lib/instant";
import { said } from "@/lib/testing/said";

const read = (text: string) => {
  const instant = parseInstant(text);
  return instant instanceof Date ? instant.toISOString() : said(instant);
};

describe("an instant as people's programs write it", () => {
  it.each([
    ["2026-12-01T00:00:00Z", "2026-12-01T00:00:00.000Z"],
    ["2026-12-01t00:00:00z", "2026-12-01T00:00:00.000Z"],
    ["2026-12-01T00:00:00+0100", "2026-11-30T23:00:00.000Z"],
    ["2026-12-01 00:00:00Z", "2026-12-01T00:00:00.000Z"],
    ["2026-12-01 00:00:00 +01:00", "2026-11-30T23:00:00.000Z"],
    ["2026-12-01T00:00Z", "2026-12-01T00:00:00.000Z"],
    ["2026-12-31T23:59:59+00", "2026-12-31T23:59:59.000Z"],
    ["2026-12-31T23:59:59.25-05:30", "2027-01-01T05:29:59.250Z"],
    ["2026-12-31T23:59:59.123000Z", "2026-12-31T23:59:59.123Z"],
    ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000Z"],
    ["1900-01-01T00:00:00Z", "1900-01-01T00:00:00.000Z"],
  ])("%s", (text, instant) => expect(read(text)).toBe(instant));

  it.each([
    ["2026-12-31T24:00:00Z", "There is no 24:00; write 00:00 of the next day, or 23:59:59 of this one."],
    ["2026-12-31T25:00:00Z", "There is no hour 25. Use 00 to 23."],
    ["2026-12-31T23:60:00Z", "There is no minute 60. Use 00 to 59."],
    ["2026-12-31T23:59:60Z", "There is no second 60. Use 00 to 59."],
    ["2026-13-45T99:99:99Z", "There is no month 13. Use 01 to 12."],
    ["2026-02-30T00:00:00Z", "30 Feb 2026 does not exist: Feb 2026 has 28 days."],
    ["0000-00-00T00:00:00Z", "The year 0000 is too early. Use 1900 to 9999."],
    ["1899-12-31T23:59:59Z", "The year 1899 is too early. Use 1900 to 9999."],
    ["1900-01-01T00:00:00+01:00", "The year 1899 is too early. Use 1900 to 9999."],
    ["9999-12-31T23:59:59-01:00", "The year 10000 is too late. Use 1900 to 9999."],
    ["2026-12-31T23:59:59+99:00", "There is no offset +99:00 from UTC: offsets go up to 23:59."],
    ["2026-12-31T23:59:59+01:60", "There is no offset +01:60 from UTC: offsets go up to 23:59."],
    [
      "2026-12-31T23:59:59.999999999Z",
      "Times are kept to the millisecond, and “.999999999” has more digits. Write up to three.",
    ],
    ["2026-12-31", /^A date needs a time and a zone/],
    ["2026-12-31T23:59:59", /^A time needs a zone/],
    ["31.12.2026 23:59", /^A date is written year first/],
    ["46387", /^This is a spreadsheet’s number of a day/],
    ["tomorrow", /^This is no date with time and zone/],
  ])("refuses %s", (text, why) =>
    expect(read(text)).toEqual(typeof why === "string" ? why : expect.stringMatching(why)),
  );

  it("is read back from every way it is written in", () => {
    const written = fc.record({
      instant: fc.date({ min: new Date("1900-01-02"), max: new Date("9999-12-30"), noInvalidDate: true }),
      offset: fc.integer({ min: -1439, max: 1439 }),
      colon: fc.constantFrom(":", ""),
      between: fc.constantFrom("T", "t", " "),
    });
    fc.assert(
      fc.property(written, ({ instant, offset, colon, between }) => {
        const two = (value: number) => String(value).padStart(2, "0");
        const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60];
        const wall = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, -1).replace("T", between);
        expect(parseInstant(`${wall}${offset < 0 ? "-" : "+"}${two(hours)}${colon}${two(minutes)}`)).toEqual(instant);
        expect(parseStrictInstant(instant.toISOString())).toEqual(instant);
      }),
    );
  });

  it("is RFC 3339 to the letter where programs exchange it", () => {
    expect(parseStrictInstant("2026-12-01T00:00:00+01:00")).toEqual(new Date("2026-11-30T23:00:00Z"));
    for (const text of ["2026-12-01 00:00:00Z", "2026-12-01T00:00Z", "2026-12-01T00:00:00+0100", "2026-12-01"])
      expect(parseStrictInstant(text)).toHaveProperty("reason");
  });
});

it("writes the years that SQL reads", () => {
  expect(instantText(new Date(instantRange.last))).toBe(instantRange.last);
  expect(instantText(new Date(Date.parse(instantRange.last) + 1))).toBe("10000-01-01T00:00:00.000Z");
});
