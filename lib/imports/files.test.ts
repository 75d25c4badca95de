import { createReadStream } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { codesFile, exactCodesFile } from "@/lib/imports/file-kinds";
import { type CheckedRow, readImport } from "@/lib/imports/reader";
import { said } from "@/lib/testing/said";

// Small files, each as some spreadsheet or system writes them.
const path = (name: string) => fileURLToPath(new URL(`../../e2e/data/import/${name}`, import.meta.url));

async function readAll(body: AsyncIterable<Uint8Array>, kind = codesFile, definitions: AttributeDefinition[] = []) {
  const rules = { caseRule: "insensitive-uppercase", definitions, timeZone: "Europe/Berlin" } as const;
  const { facts, rows } = readImport(body, rules, kind);
  const all: CheckedRow[] = [];
  for await (const group of rows) all.push(...group);
  const codes = all.map(({ referral }) => `${referral?.code} ${referral?.advocateIntegrationId}`);
  return {
    facts,
    rows: all,
    codes,
    problems: all.flatMap(({ line, problems }) => problems.map((one) => ({ line, ...one }))),
  };
}
const readFile = (name: string, kind = codesFile) => readAll(createReadStream(path(name)), kind);
const readText = (text: string, kind = codesFile, definitions: AttributeDefinition[] = []) =>
  readAll(
    (async function* () {
      yield new TextEncoder().encode(text);
    })(),
    kind,
    definitions,
  );

const twenty = Array.from({ length: 20 }, (_, row) => `XLDROP${String(row + 1).padStart(3, "0")} cust-${row + 1}`);

it.each<[string, string[], object]>([
  ["excel-short-rows.csv", twenty, { assumed: { missingCells: 4, shortRows: 4 } }],
  ["trailing-delimiter.tsv", ["TRAIL001 cust-1", "TRAIL002 cust-2"], { delimiter: "\t", assumed: { longRows: 2 } }],
  ["sep-line.csv", ["SEPL0001 cust-1"], { delimiter: ";", assumed: { delimiterLine: 1 } }],
  ["blank-line-first.csv", ["BLNK0001 cust-1"], { blankLines: 1, assumed: {} }],
  ["rows-of-blanks.csv", ["BLAN0001 cust-1"], { rows: 1, blankLines: 4, assumed: {} }],
  ["mark-and-quotes.csv", ["MARK0002 cust-1"], { columns: ["code", "advocateprofileintegrationid"], assumed: {} }],
  ["header-line-break.csv", ["HEAD0001 cust-1"], { leftOut: [{ column: "remark of sales", values: 1 }], assumed: {} }],
  ["decomposed.csv", ["CAFÉ-2026 cust-1", "DECO0002 José-Núñez", "DECO0003 José-Núñez"], { assumed: { composed: 2 } }],
])("%s is read, and what it takes is counted", async (name, codes, facts) => {
  const read = await readFile(name);
  expect(read.codes).toEqual(codes);
  expect(read.problems).toEqual([]);
  expect(read.facts).toMatchObject(facts);
  expect(read.facts.assumed).toEqual((facts as { assumed: object }).assumed);
});

const bounds = ({ rows }: Awaited<ReturnType<typeof readAll>>) =>
  rows.map(({ referral }) => [referral?.validFrom?.toISOString(), referral?.validUntil?.toISOString()]);

it("matches the list's own titles; a day without a time is whole, on the clocks of the application", async () => {
  const read = await readFile("header-words.csv");
  expect(read.codes).toEqual(["WORD0001 cust-1"]);
  expect(read.problems).toEqual([]);
  expect(bounds(read)).toEqual([[undefined, "2026-12-31T23:00:00.000Z"]]);
  expect(read.facts.assumed).toEqual({ localDates: 1 });
});

it("reads days alone as people mean them, but for a program exactly", async () => {
  const read = await readFile("day-only.csv");
  expect(read.problems).toEqual([]);
  expect(bounds(read)).toEqual([["2026-11-30T23:00:00.000Z", "2026-12-31T23:00:00.000Z"]]);
  const exact = await readFile("day-only.csv", exactCodesFile);
  expect(exact.problems.map(({ cause }) => cause)).toEqual(["date", "date"]);
  expect(said(exact.problems[0]?.reason ?? null)).toMatch(/this day begins at 2026-11-30T23:00:00Z/);
});

it("asks where no date of dates-day-first.csv says whether the day comes first; a program is refused", async () => {
  const { problems, facts } = await readFile("dates-day-first.csv");
  expect(problems.map(({ reason }) => reason)).toEqual([
    { reason: "row_date_either", day: "1 Dec 2026", month: "12 Jan 2026" },
    { reason: "row_date_either", day: "12 Jan 2027", month: "1 Dec 2027" },
  ]);
  const example = { text: "01/12/2026", day: "1 Dec 2026", month: "12 Jan 2026" };
  expect(facts.dates).toEqual({ day: 0, month: 0, either: 2, example, read: null });
  const exact = await readFile("dates-day-first.csv", exactCodesFile);
  expect(said(exact.problems[0]?.reason ?? null)).toMatch(/year first/);
});

it("excel-unicode-text.txt is read by its mark", async () => {
  const read = await readFile("excel-unicode-text.txt");
  expect(read.problems).toEqual([]);
  expect(read.facts).toMatchObject({ encoding: "utf-16le", delimiter: "\t" });
});

it("takes quotes in cells that were copied out of a spreadsheet as they are; a program, and commas, need them doubled", async () => {
  const definition: AttributeDefinition = {
    name: "channel",
    title: "",
    description: "",
    type: "string",
    suggestions: [],
    restricted: false,
  };
  const rows = (delimiter: string) =>
    [
      ["code", "advocateprofileintegrationid", "attributes"],
      ["AAAA-1", 'Ann "A"', '{"channel":"web"}'],
    ]
      .map((cells) => cells.join(delimiter))
      .join("\n");
  const [copied] = (await readText(rows("\t"), codesFile, [definition])).rows;
  expect(copied).toMatchObject({
    problems: [],
    referral: { code: "AAAA-1", advocateIntegrationId: 'Ann "A"', attributes: { channel: "web" } },
  });
  const { rows: cut } = await readText(`${rows("\t")}\textra`, codesFile, [definition]);
  expect(cut).toMatchObject([{ problems: [{ cause: "cells" }] }]);
  for (const [text, kind] of [
    [rows(","), codesFile],
    [rows("\t"), exactCodesFile],
  ] as const)
    expect((await readText(text, kind, [definition])).problems).toMatchObject([{ cause: "quotes" }]);
});

describe("titles", () => {
  it("are those of the list's own files, their dates on the clocks that they name", async () => {
    const { rows, problems, facts } = await readText(
      "\uFEFFCode,Redemptions,Redemption limit,Advocate’s Integration ID,Friend's  Integration ID,Valid from (Europe/Berlin),Valid until (Europe/Berlin)\n" +
        "LIST-1,3,unlimited,ann,bob,2026-12-01 00:00:00,\nLIST-2,0,5,ann,,,2026-08-01 12:30:00\n",
    );
    expect(problems).toEqual([]);
    expect(rows.map(({ referral }) => referral)).toMatchObject([
      { code: "LIST-1", usageLimit: 0, validFrom: new Date("2026-11-30T23:00:00Z"), validUntil: null },
      { code: "LIST-2", usageLimit: 5, validFrom: null, validUntil: new Date("2026-08-01T10:30:00Z") },
    ]);
    expect(facts.leftOut).toEqual([
      { column: "Redemptions", values: 1, redemptions: 3 },
      { column: "Friend's Integration ID", values: 1 },
    ]);
    expect(facts.assumed).toEqual({ zonedDates: 2 });
  });

  it("with no zone that exists are no dates", async () => {
    const { facts } = await readText(
      "code,advocateprofileintegrationid,Valid from (Nowhere)\nAAAA,1,2026-12-01 00:00:00\n",
    );
    expect(facts.leftOut).toEqual([{ column: "Valid from (Nowhere)", values: 1 }]);
  });
});

describe("a short row", () => {
  const header = "code,advocateprofileintegrationid,remark,limitval\n";

  it("that lacks what is needed is refused at its line", async () => {
    const { problems } = await readText(`${header}AAAA,1,x,5\nBBBB\n`);
    expect(problems).toMatchObject([{ line: 3, cause: "cells", column: "advocateprofileintegrationid" }]);
  });

  it("that may be the rest of the one above is refused, wherever the line break is", async () => {
    for (const rest of ["more,5", "more,", "text\nmore,5"]) {
      const { problems } = await readText(`${header}AAAA,1,some\n${rest}\nBBBB,2,x,5\n`);
      expect(problems, rest).not.toEqual([]);
    }
    const { problems } = await readText(`${header}AAAA,1,some\nmore,5\n`);
    expect(problems).toMatchObject([{ line: 3, cause: "cells", reason: { reason: "row_half", cells: 4 } }]);
  });

  it("after another is taken where the two are no row together", async () => {
    const { problems, facts } = await readText(
      "code,advocateprofileintegrationid,startdate,limitval\nAAAA,1,\nBBBB,2\nCCCC,3,2026-12-01T00:00:00Z\nDDDD,4\n",
    );
    expect(problems).toEqual([]);
    expect(facts.assumed).toEqual({ shortRows: 4, missingCells: 6 });
  });

  it("is no excuse for a long one with something in it, however far behind", async () => {
    const { problems } = await readText(
      `${header}AAAA,1,x,5,,y\nBBBB,2,x,5${",".repeat(300)}\nCCCC,3,x,5${",".repeat(300)}z\n`,
    );
    expect(problems).toMatchObject([
      { line: 2, column: "cell 6", value: "y" },
      { line: 4, cause: "cells" },
    ]);
  });

  it("and a header may be filled up with delimiters", async () => {
    const { codes, problems } = await readText(
      `code;advocateprofileintegrationid${";".repeat(250)}\nAAAA;1${";".repeat(250)}\n`,
    );
    expect([codes, problems]).toEqual([["AAAA 1"], []]);
  });
});
