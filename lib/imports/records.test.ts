import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CsvRecord,
  columnsMax,
  RecordReader,
  RowTooLong,
  recordOf,
  rowCharactersMax,
} from "@/lib/imports/records";

const read = (text: string, delimiter = ","): CsvRecord[] => [...new RecordReader(delimiter).read(text, true)];
const short = (text: string) => read(text).map(({ line, cells, flaw }) => [line, cells, flaw?.kind ?? null]);

describe("rows", () => {
  it("start on physical lines; quoted line breaks count", () => {
    expect(short('a,b\r\n"1\n2","x ""y"""\n\nc,\n')).toEqual([
      [1, ["a", "b"], null],
      [2, ["1\n2", 'x "y"'], null],
      [5, ["c", ""], null],
    ]);
  });

  it("go on after wrong quotes, at the next physical line", () => {
    expect(short('"a,1\nb,2\n"c"x,3\nd"d,4\n"e","5"\n"f')).toEqual([
      [1, ['"a', "1"], "after"],
      [2, ["b", "2"], null],
      [3, ['"c"x', "3"], "after"],
      [4, ['d"d', "4"], "inside"],
      [5, ["e", "5"], null],
      [6, ['"f'], "unclosed"],
    ]);
  });

  it("are the same again by what is kept of each, flaws and all", () => {
    const part = fc.constantFrom("a", "b", ",", '"', '""', "\n", "\r\n", " ", '","', '"x"y', "é");
    let flawed = 0;
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        for (const record of read(parts.join(""))) {
          const again = recordOf(record.raw, record.line, ",");
          expect({ ...again, flaw: again?.flaw !== null }).toEqual({ ...record, flaw: record.flaw !== null });
          if (record.flaw) flawed += 1;
        }
      }),
      { numRuns: 2000 },
    );
    expect(flawed).toBeGreaterThan(200);
  });

  it("keep a row with wrong quotes as it stands", () => {
    expect(read('x,{"a": 1}\n').map(({ raw }) => raw)).toEqual(['x,{"a": 1}']);
    expect(read('"x,1\n').map(({ raw }) => raw)).toEqual(['"x,1']);
  });

  it("count cells beyond the last column without keeping them", () => {
    const [record] = read(",".repeat(5000));
    expect([record?.cellCount, record?.cells.length]).toEqual([5001, columnsMax]);
  });
});

describe("length", () => {
  it("refuses a line that is too long, named by its number, without waiting for its end", () => {
    const reader = new RecordReader(",");
    expect([...reader.read("a,b\n")]).toHaveLength(1);
    const feed = () => {
      for (let sent = 0; sent < 10 * rowCharactersMax; sent += 65_536) [...reader.read(",".repeat(65_536))];
    };
    expect(feed).toThrow(RowTooLong);
    expect(feed).toThrow("line 2");
  });

  it("gives up a quote that is not closed within a row's length, and reads the lines after it", () => {
    const reader = new RecordReader(",");
    const records: CsvRecord[] = [];
    const feed = (text: string, last = false) => {
      for (const record of reader.read(text, last)) records.push(record);
    };
    feed('"a,1\n');
    const lines = "bbbbbbb,2\n".repeat(6000);
    for (let piece = 0; piece < 40; piece += 1) feed(lines);
    feed("", true);
    expect(records).toHaveLength(1 + 40 * 6000);
    expect(records[0]?.flaw).toEqual({ kind: "unclosed", cell: 0 });
    expect(records.at(-1)).toMatchObject({ line: 240_001, cells: ["bbbbbbb", "2"], flaw: null });
  });
});

it("agrees with csv-parse wherever that reads the text", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", ",", '"', '""', "\n", "\r\n", " ", '","', "é"), { maxLength: 30 })
    .map((parts) => parts.join(""));
  let compared = 0;
  fc.assert(
    fc.property(text, (csv) => {
      let expected: string[][];
      try {
        expected = parse(csv, { relax_column_count: true, record_delimiter: ["\n", "\r\n"], skip_empty_lines: true });
      } catch {
        return;
      }
      compared += 1;
      expect(read(csv).map(({ cells }) => cells)).toEqual(expected);
      expect(read(csv).every(({ flaw }) => flaw === null)).toBe(true);
    }),
    { numRuns: 2000 },
  );
  expect(compared).toBeGreaterThan(200);
});
