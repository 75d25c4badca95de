import { invalidField } from "@/lib/errors";
import { formatNumber } from "@/lib/format";
import { detectDelimiter, type Header, readHeader } from "@/lib/imports/header";
import { type CsvRecord, type QuoteFlaw, RecordReader, RowTooLong, rowCharactersMax } from "@/lib/imports/records";
import { fileRowsMax } from "@/lib/imports/schema";
import { textPieces } from "@/lib/imports/text";
import { type ImportedReferral, type ImportRules, type RowProblem, readReferral, shortened } from "@/lib/referrals/csv";

/** What is known of a file besides its rows; complete when its rows have been read. */
export interface FileFacts {
  bytes: number;
  delimiter: string;
  columns: string[];
  ignored: string[];
  /** Rows with something in them. */
  rows: number;
  /** Empty lines, and rows whose cells are all empty; they are left out. */
  blankLines: number;
  /** Rows whose limit is blank, and therefore 1. */
  blankLimits: number;
}

/** One row of a file, checked by itself. `referral` is null when its cells could not be told apart. */
export interface CheckedRow {
  line: number;
  raw: string;
  referral: ImportedReferral | null;
  problems: RowProblem[];
}

const flawMessages: Record<QuoteFlaw, string> = {
  inside: 'A cell with quotes in it stands in quotes itself, each inner one doubled: "{""channel"": ""web""}".',
  after:
    'Text follows the quote that closes this cell. Inside a quoted cell, each quote is doubled: "{""channel"": ""web""}".',
  unclosed: "The quote that opens this cell is never closed. Close it, or remove it.",
};

function flawProblem(record: CsvRecord, header: Header): RowProblem | null {
  if (!record.flaw) return null;
  const { kind, cell } = record.flaw;
  const value = shortened(record.cells[cell] ?? "");
  return { cause: "quotes", column: header.columns[cell] || `cell ${cell + 1}`, value, message: flawMessages[kind] };
}

function countProblem(record: CsvRecord, header: Header, delimiter: string): RowProblem | null {
  const expected = header.columns.length;
  if (record.cellCount === expected) return null;
  const sizes = `The row has ${formatNumber(record.cellCount)} ${record.cellCount === 1 ? "cell" : "cells"}, the first line names ${expected}.`;
  if (record.cellCount < expected) {
    const column = header.columns[record.cellCount] || `cell ${record.cellCount + 1}`;
    return {
      cause: "cells",
      column,
      value: "",
      message: `${sizes} Is a delimiter missing, or a line break not in quotes?`,
    };
  }
  const value = shortened(record.cells[expected] ?? "");
  const character = delimiter === "\t" ? "a tab" : `“${delimiter}”`;
  return {
    cause: "cells",
    column: `cell ${expected + 1}`,
    value,
    message: `${sizes} Remove what is too much, or put a cell that contains ${character} in quotes.`,
  };
}

/** Checks one row by itself; null when it is blank. */
function checkRecord(record: CsvRecord, header: Header, facts: FileFacts, rules: ImportRules): CheckedRow | null {
  if (!record.flaw && record.cells.every((cell) => cell === "")) {
    facts.blankLines += 1;
    return null;
  }
  facts.rows += 1;
  if (facts.rows > fileRowsMax) {
    throw invalidField(
      "file",
      `The file has more than ${formatNumber(fileRowsMax)} rows; split it into several files.`,
    );
  }
  const { line, raw } = record;
  const flaw = flawProblem(record, header);
  const count = flaw ? null : countProblem(record, header, facts.delimiter);
  const told = flaw ?? count;
  if (told && !(record.flaw?.kind === "inside" && record.cellCount === header.columns.length)) {
    return { line, raw, referral: null, problems: [told] };
  }
  const { referral, problems } = readReferral((column) => {
    const position = header.position.get(column);
    return position === undefined ? "" : (record.cells[position] ?? "");
  }, rules);
  const limit = header.position.get("limitval");
  if (limit === undefined || record.cells[limit]?.trim() === "") facts.blankLimits += 1;
  const others = told ? problems.filter((problem) => problem.column !== told.column) : problems;
  return { line, raw, referral, problems: told ? [told, ...others] : others };
}

function tooLong(error: RowTooLong) {
  return invalidField(
    "file",
    `Line ${error.line} is longer than ${formatNumber(rowCharactersMax)} characters, and no row may be. Is a line break missing, or is this no CSV file?`,
  );
}

/**
 * Reads and checks an uploaded file, a group of rows at a time. Memory holds one piece of the file and one row, whatever its
 * size. `facts` fills while `rows` is read.
 * @throws DomainError (while reading rows) when the file as a whole cannot be read: no CSV, too large, no rows, …
 */
export function readImport(
  body: AsyncIterable<Uint8Array>,
  rules: ImportRules,
): { facts: FileFacts; rows: AsyncGenerator<CheckedRow[]> } {
  const facts: FileFacts = {
    bytes: 0,
    delimiter: ",",
    columns: [],
    ignored: [],
    rows: 0,
    blankLines: 0,
    blankLimits: 0,
  };
  return { facts, rows: checkedRows(textPieces(body, facts), facts, rules) };
}

/** The start of a file up to its first line end, or all of it. */
async function fileStart(pieces: AsyncGenerator<string>): Promise<string> {
  let text = "";
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    text += next.value;
    if (text.includes("\n")) return text;
    if (text.length > rowCharactersMax) throw new RowTooLong(1);
  }
  if (text.trim() === "") throw invalidField("file", "The file is empty.");
  return text;
}

async function* checkedRows(
  pieces: AsyncGenerator<string>,
  facts: FileFacts,
  rules: ImportRules,
): AsyncGenerator<CheckedRow[]> {
  try {
    const start = await fileStart(pieces);
    const [firstLine = ""] = start.split("\n", 1);
    facts.delimiter = detectDelimiter(firstLine);
    const header = readHeader(firstLine.replace(/\r$/, ""), facts.delimiter);
    facts.columns = header.columns;
    facts.ignored = header.ignored;
    const reader = new RecordReader(facts.delimiter);
    const check = (piece: string, last = false): CheckedRow[] => {
      const rows: CheckedRow[] = [];
      for (const record of reader.read(piece, last)) {
        const row = record.line === 1 ? null : checkRecord(record, header, facts, rules);
        if (row) rows.push(row);
      }
      return rows;
    };
    yield check(start);
    for await (const piece of pieces) yield check(piece);
    yield check("", true);
    facts.blankLines += reader.emptyLines;
  } catch (error) {
    throw error instanceof RowTooLong ? tooLong(error) : error;
  } finally {
    await pieces.return(undefined);
  }
  if (facts.rows === 0) {
    throw invalidField("file", "The file names its columns but has no rows. Add the codes below them.");
  }
}
