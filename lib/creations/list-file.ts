import { trimmed } from "@/lib/codes/rules";
import { linesOf } from "@/lib/creations/lines";
import { advocatesMaxBytes } from "@/lib/creations/rules";
import { formatCount, formatNumber } from "@/lib/format";
import {
  type CsvRecord,
  columnsMax,
  delimiterLine,
  isBlank,
  type QuoteFlaw,
  RecordReader,
  RowTooLong,
  rowCharactersMax,
} from "@/lib/imports/records";
import { plainCell } from "@/lib/referrals/csv";

/** The advocates of a chosen file, one a line, with a sentence that says what was taken; or why it cannot be read. */
type ListFile = { text: string; said: string } | { problem: string };

/** Headings that mean the advocate's Integration ID, as letters and digits in lower case; the likeliest first. */
const advocateHeadings = [
  "advocateprofileintegrationid",
  "advocateintegrationid",
  "advocatesintegrationid",
  "advocateid",
  "advocate",
  "profileintegrationid",
  "integrationid",
];

const delimiters = [",", ";", "\t"];
const pieceCharacters = 64 * 1024;
const stepRows = 256;

/**
 * Reads a text or CSV file, in small steps (see `inTurns`). Pure: `bytes` are the file's, `name` is only shown and asked for
 * its ending.
 */
export function* readListFile(name: string, bytes: Uint8Array): Generator<void, ListFile> {
  if (bytes.length > advocatesMaxBytes)
    return { problem: `${name} has more than 40 MB; split it, or keep only the column with the Integration IDs.` };
  const text = decode(bytes)?.replace(/\r\n?/g, "\n") ?? null;
  if (text === null)
    return { problem: `${name} is no text in UTF-8. In a spreadsheet, save it as “CSV UTF-8” and choose that file.` };
  if (text.trim() === "") return { problem: `${name} is empty.` };
  const names = findNames(text);
  if (names.column !== null || /\.(csv|tsv)$/i.test(name)) return yield* readColumn(name, text, names);
  const lines = yield* countLines(text);
  return { text, said: `Added ${formatCount(lines, "line")} of ${name}.` };
}

/** How a file begins: what separates its cells, those of its first row and its line, and which of them names the advocates, if one does. */
interface Names {
  delimiter: string;
  line: number;
  cells: string[];
  column: number | null;
}

/**
 * Reads the first row that is not blank, by the delimiter that a line before it says or that shows a column of advocates; failing that,
 * by the one that gives most cells.
 */
function findNames(text: string): Names {
  const [, said = ""] = delimiterLine.exec(/\S.*/.exec(text)?.[0].trimEnd() ?? "") ?? [];
  const known = delimiters.includes(said);
  const candidates = (known ? [said] : delimiters).map((delimiter) => {
    const { cells = [], line = 1 } = firstRecord(text, delimiter, known) ?? {};
    return { delimiter, line, cells, column: columnOf(cells) };
  });
  const most = candidates.reduce((best, next) => (next.cells.length > best.cells.length ? next : best));
  return candidates.find(({ column }) => column !== null) ?? most;
}

const wrongQuotes: Partial<Record<QuoteFlaw, string>> = {
  unclosed: "the quote that starts here is not closed.",
  after: "text follows the quote that closes a cell; inside a quoted cell, each quote is doubled.",
};

function* readColumn(name: string, text: string, names: Names): Generator<void, ListFile> {
  const named = names.column === null ? undefined : names.cells[names.column]?.trim();
  const column = names.column ?? 0;
  const first = (names.cells[0] ?? "").trim().slice(0, 60);
  const said =
    named === undefined
      ? `the first column of ${name}, because none is named advocateprofileintegrationid; its first line is “${first}”`
      : `the column “${named}” of ${name}`;
  const refuse = (line: number, problem: string) => ({ problem: `${name}, line ${line}: ${problem}` });
  const ids: string[] = [];
  let rows = 0;
  try {
    for (const { line, cells, cellCount, flaw } of readRecords(text, names.delimiter)) {
      if (line < names.line) continue;
      rows += 1;
      if (rows % stepRows === 0) yield;
      const quotes = flaw && wrongQuotes[flaw.kind];
      if (quotes) return refuse(line, quotes);
      if (rows === 1 && cellCount > columnsMax)
        return refuse(line, `more than ${columnsMax} columns; this is no list of advocates.`);
      if (rows === 1 && named !== undefined) continue;
      const id = plainCell(trimmed(cells[column] ?? ""));
      if (id.includes("\n")) return refuse(line, "the Integration ID contains a line break; remove it.");
      ids.push(id);
    }
  } catch (error) {
    if (!(error instanceof RowTooLong)) throw error;
    return refuse(
      error.line,
      `longer than ${formatNumber(rowCharactersMax)} characters; this is no list of advocates.`,
    );
  }
  if (ids.length === 0) return { problem: `${name} has a heading and no row below it.` };
  return { text: ids.join("\n"), said: `Added ${formatCount(ids.length, "line")}: ${said}.` };
}

/** The rows of a text, read a piece at a time. */
function* readRecords(text: string, delimiter: string): Generator<CsvRecord> {
  const reader = new RecordReader(delimiter);
  for (let from = 0; from < text.length; from += pieceCharacters) {
    const until = from + pieceCharacters;
    yield* reader.read(text.slice(from, until), until >= text.length);
  }
}

/** The first row that holds something, behind a line that says the delimiter if there is one; null where it is too long to be one. */
function firstRecord(text: string, delimiter: string, said: boolean): CsvRecord | null {
  try {
    for (const record of readRecords(text, delimiter))
      if (!isBlank(record) && !(said && delimiterLine.test(trimmed(record.raw)))) return record;
    return null;
  } catch (error) {
    if (error instanceof RowTooLong) return null;
    throw error;
  }
}

function columnOf(cells: string[]): number | null {
  const headings = cells.map((cell) => cell.toLowerCase().replace(/[^a-z0-9]/g, ""));
  for (const heading of advocateHeadings) {
    const column = headings.indexOf(heading);
    if (column >= 0) return column;
  }
  return null;
}

function* countLines(text: string): Generator<void, number> {
  let count = 0;
  for (const _ of linesOf(text)) {
    count += 1;
    if (count % stepRows === 0) yield;
  }
  return count;
}

/** UTF-8, or UTF-16 with a byte order mark as spreadsheets write it; null for anything else. */
function decode(bytes: Uint8Array): string | null {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
  try {
    return new TextDecoder(wide ?? "utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
