import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { RecordReader } from "@/lib/imports/records";
import { formatRow, type ImportColumn, plainCell, safeCell } from "@/lib/referrals/csv";
import { readReferral } from "@/lib/referrals/row-referral";
import { hostileText } from "@/lib/testing/hostile";
import { said } from "@/lib/testing/said";

const definitions: AttributeDefinition[] = [
  { name: "channel", title: "", description: "", type: "string", suggestions: [], restricted: false },
  { name: "points", title: "", description: "", type: "number", suggestions: [], restricted: false },
];
const rules = { caseRule: "insensitive-uppercase" as const, definitions, timeZone: "Europe/Berlin" };

describe("cell safety", () => {
  it("puts one ' in front of what a spreadsheet would run, and takes exactly that one off", () => {
    for (const start of ["=", "+", "-", "@", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20", "\t", "\r", "\n"]) {
      expect(safeCell(`${start}1`)).toBe(`'${start}1`);
      expect(safeCell(`''${start}1`)).toBe(`'''${start}1`);
      expect(plainCell(`'${start}1`)).toBe(`${start}1`);
    }
    for (const text of ["", "'", "''", "O'Brien", "'tis", "'a=1", "1-2", "a@b"]) {
      expect(safeCell(text)).toBe(text);
      expect(plainCell(text)).toBe(text);
    }
  });

  it("gives every text back, and begins none as a formula", () => {
    const runs = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
    const isSafe = (text: string) => plainCell(safeCell(text)) === text && !runs.test(safeCell(text));
    fc.assert(fc.property(hostileText, isSafe), { numRuns: 2000 });
  });
});

it("reads any table back that it wrote, whatever the delimiter, line ends and pieces", () => {
  const table = fc.array(fc.array(hostileText, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 });
  const shape = fc.record({
    rows: table,
    delimiter: fc.constantFrom(",", ";", "\t"),
    end: fc.constantFrom("\n", "\r\n"),
    lastEnd: fc.boolean(),
    piece: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(
    fc.property(shape, ({ rows, delimiter, end, lastEnd, piece }) => {
      const cells = rows.map((row) => row.map(safeCell));
      // A row of one empty cell is an empty line, which at the very end is no line.
      const text =
        cells
          .map((row) => (row.join("") === "" ? `""${delimiter.repeat(row.length - 1)}` : formatRow(row, delimiter)))
          .join(end) + (lastEnd ? end : "");
      const reader = new RecordReader(delimiter);
      const read: string[][] = [];
      for (let at = 0; at < text.length; at += piece) {
        for (const record of reader.read(text.slice(at, at + piece))) read.push(record.cells);
      }
      for (const record of reader.read("", true)) read.push(record.cells);
      expect(read.map((row) => row.map(plainCell))).toEqual(rows);
    }),
  );
});

const good: Partial<Record<ImportColumn, string>> = { code: "GOOD-1", advocateprofileintegrationid: "cust" };
const read = (cells: Partial<Record<ImportColumn, string>>) =>
  readReferral((column) => (({ ...good, ...cells }) as Record<string, string>)[column] ?? "", rules);

describe("a row", () => {
  it("takes blanks for what they mean: limit 1, no bounds, no attributes", () => {
    expect(read({ code: " good-1 " })).toEqual({
      referral: {
        code: "GOOD-1",
        advocateIntegrationId: "cust",
        usageLimit: 1,
        validFrom: null,
        validUntil: null,
        attributes: {},
      },
      problems: [],
    });
  });

  it("takes what nobody sees off the ends of an Integration ID, and one ' where it is a safe cell", () => {
    const id = (text: string) => read({ advocateprofileintegrationid: text }).referral.advocateIntegrationId;
    for (const text of ["José  N", " José  N", "José  N\u00A0", "\u200BJosé  N", "\uFEFFJose\u0301  N\u001A"])
      expect(id(text)).toBe("José  N");
    expect(id(" '=a ")).toBe("=a");
    expect(id("''=a")).toBe("'=a");
    expect(id(" \u200B ")).toBeNull();
    expect(read({ code: "'-ABC" }).referral.code).toBe("-ABC");
  });

  it("reads 0 as unlimited and dates in any zone as one instant", () => {
    const { referral, problems } = read({
      limitval: "0",
      startdate: "2026-11-01T01:00:00+01:00",
      expirydate: "2026-11-01t00:00:00.5z",
      attributes: '{"channel": "web", "points": 1.5}',
    });
    expect(problems).toEqual([]);
    expect(referral).toMatchObject({
      usageLimit: 0,
      validFrom: new Date("2026-11-01T00:00:00Z"),
      validUntil: new Date("2026-11-01T00:00:00.500Z"),
      attributes: { channel: "web", points: 1.5 },
    });
  });

  it.each<[Partial<Record<ImportColumn, string>>, string, string, RegExp]>([
    [{ code: "" }, "code", "code", /needs a code/],
    [{ code: "abc" }, "code", "code", /too short/],
    [{ code: "x".repeat(101) }, "code", "code", /101 characters/],
    [{ code: "HAS SPACE" }, "code", "code", /a space/],
    [{ advocateprofileintegrationid: "" }, "advocate", "advocateprofileintegrationid", /needs its advocate/],
    [{ advocateprofileintegrationid: "x".repeat(1001) }, "advocate", "advocateprofileintegrationid", /1,001/],
    [{ limitval: "-1" }, "limit", "limitval", /1 to 999,999; 0 for unlimited/],
    [{ limitval: "1000000" }, "limit", "limitval", /1 to 999,999/],
    [{ limitval: "1.5" }, "limit", "limitval", /whole number/],
    [{ limitval: "many" }, "limit", "limitval", /whole number/],
    [{ startdate: "01/11/2026" }, "date", "startdate", /year first/],
    [
      { startdate: "2026-11-01" },
      "date",
      "startdate",
      /Europe\/Berlin this day begins at 2026-10-31T23:00:00Z; write that/,
    ],
    [
      { expirydate: "2026-12-31" },
      "date",
      "expirydate",
      /Europe\/Berlin this day ends at 2026-12-31T23:00:00Z; write that/,
    ],
    [{ startdate: "2026-11-01T00:00:00" }, "date", "startdate", /needs a zone/],
    [{ startdate: "2026-02-29T00:00:00Z" }, "date", "startdate", /29 Feb 2026 does not exist: Feb 2026 has 28 days/],
    [{ startdate: "2026-13-01T00:00:00Z" }, "date", "startdate", /no month 13/],
    [{ startdate: "2026-11-01T25:00:00Z" }, "date", "startdate", /no hour 25/],
    [{ startdate: "2026-11-01T23:60:00Z" }, "date", "startdate", /no minute 60/],
    [{ expirydate: "2026-11-01T00:00:00+24:00" }, "date", "expirydate", /no offset \+24:00/],
    [{ expirydate: "0000-01-01T00:00:00Z" }, "date", "expirydate", /1900 to 9999/],
    [{ attributes: '{"channel": web}' }, "attributes", "attributes", /not valid JSON/],
    [
      { attributes: '{"points": 12345678901234567890}' },
      "attributes",
      "attributes",
      /12345678901234567890.*write up to 15/,
    ],
    [
      { attributes: '{"channel": "web", "channel": "app"}' },
      "attributes",
      "attributes",
      /“channel” stands there twice/,
    ],
    [{ attributes: "[1,2]" }, "attributes", "attributes", /not an object/],
    [{ attributes: "null" }, "attributes", "attributes", /not an object/],
    [{ attributes: '{"channel": 5}' }, "attributes", "attributes", /channel must be text; 5 is not/],
    [{ attributes: '{"__proto__": 5}' }, "attributes", "attributes", /no attribute “__proto__”/],
    [{ attributes: `{"channel": ${"[".repeat(200_000)}` }, "attributes", "attributes", /64,000 bytes/],
    [
      { attributes: `{"channel": ${"[".repeat(9000)}${"]".repeat(9000)}}` },
      "attributes",
      "attributes",
      /nested 9,001 deep/,
    ],
    [{ attributes: '{"channel": "\\u0000"}' }, "attributes", "attributes", /NUL/],
  ])("names what is wrong with %j", (cells, cause, column, message) => {
    const { problems } = read(cells);
    expect(problems).toMatchObject([{ cause, column }]);
    expect(problems.map(({ reason }) => said(reason)).join()).toMatch(message);
  });

  it("names every problem, not only the first", () => {
    const start = "2026-11-01T00:00:00Z";
    const { problems } = read({ code: "x", limitval: "x", startdate: start, expirydate: start, attributes: "x" });
    expect(problems.map(({ cause }) => cause)).toEqual(["code", "limit", "attributes", "dates"]);
  });
});

const data = (name: string) => readFileSync(new URL(`../../e2e/data/import/${name}`, import.meta.url), "utf8");

/** The problems of a file by the lines they are on. */
function problemsOf(name: string, known: AttributeDefinition[]) {
  const [header, ...records] = new RecordReader(",").read(data(name), true);
  const found = records.map(({ line, cells }) => {
    const cell = (column: string) => cells[header?.cells.indexOf(column) ?? -1] ?? "";
    return [
      line,
      readReferral(cell, { ...rules, definitions: known }).problems.map(({ reason }) => said(reason)),
    ] as const;
  });
  return Object.fromEntries(found.filter(([, messages]) => messages.length > 0));
}

describe("files as people have them", () => {
  it("reads the instants that say which they are, and refuses the others each with its reason", () => {
    expect(problemsOf("instants.csv", [])).toEqual({
      5: [expect.stringMatching(/no 24:00/)],
      6: [expect.stringMatching(/no second 60/)],
      7: [expect.stringMatching(/year first/)],
      8: [expect.stringMatching(/spreadsheet’s number of a day/)],
      9: [expect.stringMatching(/to the millisecond/)],
      11: [expect.stringMatching(/year 0000 is too early/)],
    });
  });

  it("refuses a time with an impossible offset at its field, and takes a text like a time for a text", () => {
    const all = (type: AttributeDefinition["type"]) =>
      ["invited_at", "note"].map((name) => ({
        ...{ name, title: "", description: "", suggestions: [] },
        type,
        restricted: false,
      }));
    expect(
      Object.values(problemsOf("offset-99.csv", all("time")))
        .flat()
        .join(),
    ).toMatch(/must be a time.*\+99:00/);
    expect(problemsOf("text-like-a-time.csv", all("string"))).toEqual({});
    expect(problemsOf("zero-date-in-text.csv", all("string"))).toEqual({});
  });
});

it("reads every instant back that it is written as, with any offset", () => {
  const moment = fc.record({
    instant: fc.date({
      min: new Date("1900-01-02T00:00:00Z"),
      max: new Date("9999-12-30T00:00:00Z"),
      noInvalidDate: true,
    }),
    offset: fc.integer({ min: -14 * 60, max: 14 * 60 }),
  });
  fc.assert(
    fc.property(moment, ({ instant, offset }) => {
      const two = (value: number) => String(value).padStart(2, "0");
      const size = Math.abs(offset);
      const zone = `${offset < 0 ? "-" : "+"}${two(Math.trunc(size / 60))}:${two(size % 60)}`;
      const text = new Date(instant.getTime() + offset * 60_000).toISOString().replace("Z", zone);
      expect(read({ startdate: text }).referral.validFrom).toEqual(instant);
    }),
  );
});
