import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atOnce } from "@/lib/in-turns";
import { plainCell } from "@/lib/referrals/csv";
import { readListFile } from "./list-file";

const read = (name: string, text: string) => atOnce(readListFile(name, new TextEncoder().encode(text)));

describe("readListFile", () => {
  it.each<[string, string, string, object]>([
    ["a plain list", "list.txt", "a\nb, c\n", { text: "a\nb, c\n", said: "Added 2 lines of list.txt." }],
    [
      "the advocate's column of an export",
      "export.csv",
      '\ufeffid,AdvocateProfileIntegrationId,code\r\n1,"a ""x"", b",C-1\r\n2,,C-2\r\n',
      { text: 'a "x", b\n', said: "Added 2 lines: the column “AdvocateProfileIntegrationId” of export.csv." },
    ],
    [
      "a heading in words",
      "a.txt",
      "Code;Advocate's Integration ID\nX;cust_1",
      { text: "cust_1", said: "Added 1 line: the column “Advocate's Integration ID” of a.txt." },
    ],
    [
      "tabs",
      "a.tsv",
      "code\tadvocate\nX\tcust_1\nY\t",
      { text: "cust_1\n", said: "Added 2 lines: the column “advocate” of a.tsv." },
    ],
    [
      "the first column where none is named",
      "mail.csv",
      "email,name\na@b.c,Ann",
      {
        text: "email\na@b.c",
        said: "Added 2 lines: the first column of mail.csv, because none is named advocateprofileintegrationid; its first line is “email”.",
      },
    ],
    [
      "an ID that an export kept from being run as a formula",
      "export.csv",
      "advocateprofileintegrationid\n'=1+1\n'quoted'",
      { text: "=1+1\n'quoted'", said: "Added 2 lines: the column “advocateprofileintegrationid” of export.csv." },
    ],
    [
      "a column below the line by which spreadsheets are told the delimiter",
      "a.csv",
      "\ufeffsep=;\r\nadvocate;note\r\na;x\r\n",
      { text: "a", said: "Added 1 line: the column “advocate” of a.csv." },
    ],
    [
      "a column below blank rows, at its lines",
      "a.csv",
      ';;\n\nnote;advocate\nx;"a\nb"',
      { problem: "a.csv, line 4: the Integration ID contains a line break; remove it." },
    ],
    [
      "a first column below such a line",
      "a.csv",
      "sep=,\ncust_1,x\ncust_2,y",
      { text: "cust_1\ncust_2", said: expect.stringContaining("first line is “cust_1”") },
    ],
    ["an empty file", "a.csv", " \n", { problem: "a.csv is empty." }],
    ["a heading alone", "a.csv", "advocate\n", { problem: "a.csv has a heading and no row below it." }],
    [
      "an unclosed quote",
      "a.csv",
      'advocate,name\na,"x\ny"\nb,"never\nclosed',
      { problem: "a.csv, line 4: the quote that starts here is not closed." },
    ],
    [
      "a line break in an ID",
      "a.csv",
      'advocate\n"a\nb"',
      { problem: "a.csv, line 2: the Integration ID contains a line break; remove it." },
    ],
    [
      "commas and nothing else",
      "a.csv",
      ",".repeat(15_000_000),
      { problem: "a.csv, line 1: longer than 1,000,000 characters; this is no list of advocates." },
    ],
    [
      "more columns than files have",
      "a.csv",
      `advocate${",".repeat(120)}\na`,
      { problem: "a.csv, line 1: more than 120 columns; this is no list of advocates." },
    ],
    [
      "text after a quote",
      "a.csv",
      'advocate,name\na,"x" y',
      {
        problem:
          "a.csv, line 2: text follows the quote that closes a cell; inside a quoted cell, each quote is doubled.",
      },
    ],
    ["quotes inside a cell", "a.csv", 'advocate\na "b" c', { text: 'a "b" c' }],
    ["lines that end as they did on old Macintoshes", "a.csv", "code,advocate\rX,a\rY,b", { text: "a\nb" }],
    [
      "a file that is too large",
      "a.csv",
      "x".repeat(40_000_001),
      { problem: "a.csv has more than 40 MB; split it, or keep only the column with the Integration IDs." },
    ],
  ])("reads %s", (_what, name, text, expected) => {
    expect(read(name, text)).toMatchObject(expected);
  });

  it("reads UTF-16 and refuses what is no text", () => {
    const wide = Buffer.from("\ufeffadvocate\tx\n顧客\t1", "utf16le");
    expect(atOnce(readListFile("wide.txt", wide))).toMatchObject({ text: "顧客" });
    expect(atOnce(readListFile("book.xlsx", new Uint8Array([0x50, 0x4b, 3, 4, 0xff, 0xfe, 0xc0])))).toEqual({
      problem: "book.xlsx is no text in UTF-8. In a spreadsheet, save it as “CSV UTF-8” and choose that file.",
    });
  });

  it("finds the same values that a CSV writer wrote", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "é", '"', ",", ";", "\t", " ", "'", "\n", "\r") });
    const id = fc.string({ minLength: 1, unit: fc.constantFrom("a", "é", '"', ",", ";", "\t", "'") });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, id, cell), { minLength: 1 }),
        fc.constantFrom(",", ";", "\t"),
        fc.constantFrom("\n", "\r\n"),
        (rows, delimiter, record_delimiter) => {
          const csv = stringify([["code", "advocate", "note"], ...rows], {
            delimiter,
            record_delimiter,
            quoted_match: /[\r\n]/,
          });
          expect(read("a.csv", csv)).toMatchObject({ text: rows.map((row) => plainCell(row[1].trim())).join("\n") });
        },
      ),
    );
  });
});
