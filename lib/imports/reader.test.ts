import { createReadStream } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { rereading, singleByteEncodings } from "@/lib/imports/encodings";
import { codesFile, exactCodesFile } from "@/lib/imports/file-kinds";
import { type CheckedRow, readImport } from "@/lib/imports/reader";
import { sampleFile } from "@/lib/imports/sample";
import { fileBytesMax } from "@/lib/imports/schema";

const rules = { caseRule: "insensitive-uppercase" as const, timeZone: "Europe/Berlin", definitions: [] };
const header = "code,advocateprofileintegrationid\n";

async function* pieces(...texts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield typeof text === "string" ? new TextEncoder().encode(text) : text;
}

async function readAll(body: AsyncIterable<Uint8Array>, kind = codesFile) {
  const { facts, rows } = readImport(body, rules, kind);
  const all: CheckedRow[] = [];
  for await (const group of rows) all.push(...group);
  return { facts, rows: all };
}

const codes = ({ rows }: { rows: CheckedRow[] }) => rows.map((row) => row.referral?.code);

describe("a file", () => {
  it.each([
    ["LF", `${header}AAAA,1\nBBBB,2\n`],
    ["no end of the last line", `${header}AAAA,1\nBBBB,2`],
    ["CRLF and a byte order mark", `\uFEFF${header}AAAA,1\nBBBB,2\n`.replaceAll("\n", "\r\n")],
    ["semicolons, other case, other order", "AdvocateProfileIntegrationID;CODE\n1;AAAA\n2;BBBB\n"],
    ["tabs and quoted names", '"code"\t"advocateprofileintegrationid"\nAAAA\t1\nBBBB\t2\n'],
    ["empty lines", `${header}\nAAAA,1\n,\n\nBBBB,2\n\n`],
  ])("is read with %s", async (_, text) => {
    const whole = await readAll(pieces(text));
    expect(codes(whole)).toEqual(["AAAA", "BBBB"]);
    expect(whole.rows.flatMap(({ problems }) => problems)).toEqual([]);
    const bytes = [...new TextEncoder().encode(text)].map((byte) => Uint8Array.of(byte));
    expect(codes(await readAll(pieces(...bytes)))).toEqual(["AAAA", "BBBB"]);
  });

  it("names what it ignores and counts what it assumes", async () => {
    const { facts } = await readAll(pieces("code,Note,advocateprofileintegrationid,\nAAAA,x,1,\n\n,,,\n"));
    expect(facts).toMatchObject({
      delimiter: ",",
      leftOut: [
        { column: "Note", values: 1 },
        { column: "column 4 (no name)", values: 0 },
      ],
      rows: 1,
      blankLines: 2,
      blankLimits: 1,
    });
  });

  it.each<[string, (string | Uint8Array)[], RegExp]>([
    ["nothing", [], /file is empty/],
    ["only blanks", ["\n \n"], /file is empty/],
    ["a megabyte of blanks", [" \n".repeat(600_000)], /begins with blank lines only/],
    ["a first line that says a foreign delimiter", ["sep=|\ncode|x\n"], /“\|” separates.*comma, semicolon, tab/],
    ["only a header", [header], /has no rows/],
    ["no line end and no columns", ["hello"], /“code”, “advocateprofileintegrationid” are missing. It names “hello”/],
    ["a quote in the header that never closes", [`"${header}AAAA,1\n`], /quotes in the first line/],
    ["bare CR line ends", ["code,advocateprofileintegrationid\rAAAA,1\rBBBB,2"], /bare CR/],
    ["half a character of UTF-16", [Buffer.from(`\uFEFF${header}`, "utf16le"), "x"], /From line 2 on.*no UTF-16/],
    ["a NUL", [`${header}AAAA,1\nBB\0B,2\n`], /Line 3 holds a NUL/],
    [
      "Latin-1 after UTF-8",
      [header, "AAAA,é\nBBBB,", Buffer.from("é", "latin1"), "\n"],
      /Line 3 holds bytes that are not UTF-8/,
    ],
    ...["A", "AA"].map((code): [string, (string | Uint8Array)[], RegExp] => [
      `a wrong byte far behind a character that is in two pieces, or behind none (${code})`,
      [Buffer.concat([Buffer.from(`${header}${`${code},${"ж".repeat(100)}\n`.repeat(500)}`), Buffer.of(0xff, 10)])],
      /Line 502 holds/,
    ]),
    [
      "a wrong byte behind the sign for what could not be read",
      [Buffer.concat([Buffer.from(`${header}AAAA,\uFFFD\nBBBB,`), Buffer.of(0xff, 10)])],
      /Line 3 holds/,
    ],
    [
      "half a character at the end of a piece, and nothing else of it",
      [`${header}é${"a".repeat(65_536 - header.length - 3)}`, Uint8Array.of(0xd0), "x\nAAAA,1\n"],
      /Line 2 holds/,
    ],
    ["a surrogate as bytes", [header, "é", Uint8Array.of(0xed, 0xa0, 0x80, 10)], /not UTF-8/],
    ["a cut character at its end", [header, "AAAA,é\n", Uint8Array.of(0xe2, 0x82)], /not UTF-8/],
    ["a workbook", [Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0)], /Excel workbook/],
    ["gzip", [gzipSync(header)], /gzip/],
    ["121 columns", [`${header.trim()}${",x".repeat(119)}\nAAAA,1\n`], /121 columns; a file may have 120/],
  ])("that holds %s is refused in one sentence", async (_, texts, message) => {
    await expect(readAll(pieces(...texts))).rejects.toThrow(message);
  });
});

describe("the letters of a file", () => {
  const text = `${header}SOMMER-Ä,Müller “€”\nŻÓŁW-1,łódź\n`;
  const western = `${header}SOMMER-Ä,Müller “€”\n`;
  const bytesOf = (value: string, encoding: string) => {
    if (encoding === "utf-16be") return Buffer.from(value, "utf16le").swap16();
    if (encoding !== "windows-1252") return Buffer.from(value, encoding === "utf-8" ? "utf8" : "utf16le");
    const special = new Map([..."€“”"].map((one, index) => [one, [0x80, 0x93, 0x94][index] ?? 0]));
    return Buffer.from([...value].map((one) => special.get(one) ?? one.codePointAt(0) ?? 0));
  };

  it.each([
    ["utf-8", text],
    ["utf-8", `\uFEFF${text}`],
    ["utf-16le", text],
    ["utf-16le", `\uFEFF${text}`],
    ["utf-16be", text],
    ["utf-16be", `\uFEFF${text}`],
    ["windows-1252", western],
  ])("are recognised as %s, whole and byte by byte", async (encoding, value) => {
    const bytes = bytesOf(value, encoding);
    for (const parts of [[bytes], [...bytes].map((byte) => Uint8Array.of(byte))]) {
      const { facts, rows } = await readAll(pieces(...parts));
      expect(facts.encoding).toBe(encoding);
      expect(rows.map(({ referral }) => [referral?.code, referral?.advocateIntegrationId])).toEqual(
        [
          ["SOMMER-Ä", "Müller “€”"],
          ["ŻÓŁW-1", "łódź"],
        ].slice(0, rows.length),
      );
      expect(rows).toHaveLength(value === western ? 1 : 2);
    }
  });

  it("are decided by the first that is no ASCII, also where it is far behind or at the very end", async () => {
    const many = "AAAA-1,ann\n".repeat(20_000);
    for (const end of [Buffer.from("BBBB-1,é", "latin1"), Buffer.from("BBBB-1,é\n", "latin1")]) {
      const { facts, rows } = await readAll(pieces(header, many, end));
      expect([facts.encoding, rows.at(-1)?.referral?.advocateIntegrationId]).toEqual(["windows-1252", "é"]);
    }
    const { facts, rows } = await readAll(pieces(header, many, "BBBB-1,é"));
    expect([facts.encoding, rows.at(-1)?.referral?.advocateIntegrationId]).toEqual(["utf-8", "é"]);
  });

  it("can be read as others afterwards, and back, by the bytes that they were", () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const first = rereading("macintosh", "windows-1252")(rereading("windows-1252", "macintosh")("Zażółć"));
    expect(first).toBe("Za?ó??"); // what is no letter of the encoding is none of its bytes
    for (const one of singleByteEncodings) {
      const read = new TextDecoder(one, { fatal: true }).decode(bytes, { stream: true });
      for (const other of singleByteEncodings) {
        const again = rereading(one, other)(read);
        expect(again).toBe(new TextDecoder(other, { fatal: true }).decode(bytes, { stream: true }));
        expect(rereading(other, one)(again)).toBe(read);
      }
    }
  });
});

describe("a file of a program", () => {
  it.each<[string, (string | Uint8Array)[], RegExp]>([
    ["a required column missing", ["code,limitval\nAAAA,1\n"], /“advocateprofileintegrationid” is missing/],
    ["a column twice", ["code,advocateprofileintegrationid,Code\nAAAA,1,2\n"], /“code” twice, as “code”, “Code”/],
    [
      "letters that would be assumed",
      [header, Buffer.from("AAAA,é\n", "latin1")],
      /Line 2 holds bytes that are not UTF-8/,
    ],
    [
      "other words for its columns",
      ["coupon,customer\nAAAA,1\n"],
      /“code”, “advocateprofileintegrationid” are missing/,
    ],
  ])("with %s is refused", async (_, texts, message) => {
    await expect(readAll(pieces(...texts), exactCodesFile)).rejects.toThrow(message);
  });
});

describe("a hostile file is refused early", () => {
  /** Reads `size` bytes of `text` repeated after `start`; gives the refusal and how much was read before it. */
  async function refusalOf(start: string, text: string, size: number): Promise<{ message: string; read: number }> {
    const chunk = new TextEncoder().encode(text.repeat(Math.ceil(65_536 / text.length)));
    let read = 0;
    async function* body() {
      yield new TextEncoder().encode(start);
      for (; read < size; read += chunk.length) yield chunk;
    }
    const { rows } = readImport(body(), rules);
    try {
      for await (const _ of rows);
    } catch (error) {
      return { message: (error as Error).message, read };
    }
    return { message: "", read };
  }

  it.each([
    ["commas", "", ","],
    ["commas below a header", header, ","],
    ["an unclosed quote without a line end", `${header}"`, "x"],
    ["names", "", "column,"],
  ])("50 MB of %s", async (_, start, text) => {
    const { message, read } = await refusalOf(start, text, 50_000_000);
    expect(message).toMatch(/longer than 1,000,000 characters/);
    expect(read).toBeLessThan(3_000_000);
  });

  it("more than 500 MB, before the piece beyond it is looked at", async () => {
    const body = pieces(`${header}AAAA,1\n`, new Uint8Array(fileBytesMax));
    await expect(readAll(body)).rejects.toThrow(/larger than 500 MB/);
  });

  it("20 million empty lines", async () => {
    expect((await refusalOf(header, "\n", 20_000_000)).message).toMatch(/has no rows/);
  });
});

it("imports the sample as it is, with and without attributes", async () => {
  const definition = { title: "", description: "", suggestions: [], restricted: false };
  const own: AttributeDefinition[] = [
    { ...definition, name: "tier", type: "string", suggestions: ["gold"], restricted: true },
    { ...definition, name: "tags", type: "(list string)", suggestions: ["a"], restricted: true },
  ];
  for (const definitions of [[], own]) {
    const { rows } = readImport(pieces(sampleFile(definitions, 2027)), { ...rules, definitions });
    const all: CheckedRow[] = [];
    for await (const group of rows) all.push(...group);
    expect(all.map(({ problems }) => problems)).toEqual([[], [], []]);
  }
});

it("finds every wrong row of the broken file that can be seen in the row itself", async () => {
  const path = fileURLToPath(new URL("../../e2e/data/referrals-broken.csv", import.meta.url));
  const { rows } = await readAll(createReadStream(path));
  const found = rows.flatMap(({ line, problems }) =>
    problems.map(({ column, cause, value }) => [line, column, cause, value]),
  );
  expect(found).toEqual([
    [2, "attributes", "attributes", '{"channel": "web"}'], // these rules define no attributes
    [4, "code", "code", "abc"],
    [5, "startdate", "date", "01/11/2026"], // 1 November or 11 January
    [6, "expirydate", "dates", "2026-10-01T00:00:00Z"],
    [7, "advocateprofileintegrationid", "advocate", ""],
    [8, "limitval", "limit", "-1"],
    [9, "limitval", "limit", "1000000"],
    [10, "limitval", "limit", "many"],
    [11, "attributes", "quotes", '{"channel": "web"}'],
    [12, "attributes", "attributes", '{"channel": web}'],
    [13, "attributes", "attributes", "[1,2]"],
    [14, "code", "code", "HAS SPACE"],
    [16, "startdate", "date", "2026-11-01T25:00:00Z"],
    [17, "cell 7", "cells", "extra"],
    [18, "code", "quotes", '"GOOD-0017'],
  ]);
});
