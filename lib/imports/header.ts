import { tidied } from "@/lib/codes/rules";
import { type DomainError, invalidField } from "@/lib/errors";
import { columnNamed } from "@/lib/imports/column-names";
import { codesFile, type FileKind, kindOf } from "@/lib/imports/file-kinds";
import { type Matched, type Matching, matchColumns } from "@/lib/imports/matching";
import {
  type CsvRecord,
  columnsMax,
  delimiterLine,
  isBlank,
  RecordReader,
  rowCharactersMax,
} from "@/lib/imports/records";
import { delimiterNames } from "@/lib/imports/schema";
import type { FileColumn, ImportField } from "@/lib/referrals/csv";
import { shortened } from "@/lib/shortened";

/** How a file begins: how it is separated, and the columns that it names. */
export interface Header {
  delimiter: string;
  /** Whether a line before the columns says the delimiter. */
  delimiterSaid: boolean;
  /** Physical line on which the columns are named; rows come after it. */
  line: number;
  /** Names as the file spells them, each on one line. */
  columns: string[];
  /** What each column holds, and of which of them somebody should say whether this is right. */
  matched: Matched;
  /** What its rows are, which its columns can say. */
  kind: FileKind;
  /** The columns that rows cannot do without. */
  required: readonly FileColumn[];
  /** Where each field stands. */
  position: Map<ImportField, number>;
  /** On which zone's clocks a field has its dates, where the column's name says so. */
  zones: Map<ImportField, string>;
}

const delimiters = Object.keys(delimiterNames);

function* filledRecords(text: string, delimiter: string, last: boolean): Generator<CsvRecord> {
  for (const record of new RecordReader(delimiter).read(text, last)) if (!isBlank(record)) yield record;
}

const namesColumn = (record: CsvRecord, column: FileColumn) =>
  record.cells.some((name) => columnNamed(name)?.column === column);

/**
 * The record that names the columns: the first that is not blank, or the one after a line such as `sep=;`. The delimiter is
 * what that line says, or the one whose use gives the required columns; failing that, the one that gives the most. Null when
 * the text does not hold it whole.
 */
function findNames(
  text: string,
  last: boolean,
  { required }: FileKind,
): { delimiter: string; said: boolean; record: CsvRecord } | null {
  const [firstLine = ""] = text.split(/\r?\n/).filter((line) => tidied(line) !== "");
  const [, said] = delimiterLine.exec(firstLine) ?? [];
  if (said !== undefined) {
    if (!delimiters.includes(said)) {
      throw invalidField(["file"], { reason: "header_delimiter", said });
    }
    const [, record] = filledRecords(text, said, last);
    return record ? { delimiter: said, said: true, record } : null;
  }
  const candidates = delimiters.flatMap((delimiter) => {
    for (const record of filledRecords(text, delimiter, last)) return [{ delimiter, said: false, record }];
    return [];
  });
  if (candidates.length < delimiters.length) return null;
  return (
    candidates.find(({ record }) => required.every((column) => namesColumn(record, column))) ??
    candidates.reduce((best, one) => (one.record.cellCount > best.record.cellCount ? one : best))
  );
}

/**
 * Reads the start of a file: its pieces up to the end of the record that names the columns.
 * @returns the header, and the text that was read to find it, without byte order marks
 * @throws DomainError invalid: no CSV, required columns missing, a column twice, too many columns
 */
export async function readHeader(
  pieces: AsyncGenerator<string>,
  kind: FileKind,
  matching: Matching,
): Promise<{ header: Header; text: string }> {
  let text = "";
  let tried = 0;
  for (;;) {
    const { done: last = false, value: piece = "" } = await pieces.next();
    text += piece;
    if (text.startsWith("\uFEFF")) text = text.replace(/^\uFEFF+/, "");
    // Looked at again only when the text has doubled: the work stays linear.
    if (!last && text.length < 2 * tried) continue;
    tried = text.length;
    const header = headerIn(text, last, kind, matching);
    if (header) return { header, text };
    if (tidied(text.slice(0, rowCharactersMax)) === "" && (last || text.length > rowCharactersMax)) {
      throw invalidField(
        ["file"],
        last ? { reason: "file_empty" } : { reason: "file_blank", required: [...kind.required] },
      );
    }
    if (last) throw invalidField(["file"], { reason: "file_cut" });
  }
}

const nothingKnown: Matching = { definitions: [] };

/**
 * The header of a file that begins with `text`; null when more text is needed to tell.
 * @param last whether the text is all there is
 * @throws DomainError as `readHeader`
 */
export function headerIn(
  text: string,
  last: boolean,
  expected: FileKind = codesFile,
  matching: Matching = nothingKnown,
): Header | null {
  const found = findNames(text, last, expected);
  if (!found) return null;
  const { delimiter, said, record } = found;
  if (record.cells.some((name) => /\r(?!\n)/.test(name))) {
    throw invalidField(["file"], { reason: "file_bare_returns" });
  }
  if (record.flaw) {
    throw invalidField(["file"], { reason: "header_quotes", required: [...expected.required] });
  }
  const names = record.cells.map((name) => tidied(name).replace(/\s+/g, " "));
  if (record.filledBeyond) {
    throw invalidField(["file"], { reason: "header_columns_many", count: record.cellCount });
  }
  // Spreadsheets fill their lines up with delimiters; what nobody names is no column then.
  const columns =
    record.cellCount > columnsMax ? names.slice(0, names.findLastIndex((name) => name !== "") + 1) : names;
  const kind = kindOf(
    expected,
    columns.map((name) => columnNamed(name)?.column),
  );
  const matched = matchColumns(columns, kind, matching);
  if (!kind.asks) refuseUnmatched(columns, kind, matched);
  else if (columns.length < kind.required.length) throw missing(columns, kind.required);
  return headerOf({ delimiter, delimiterSaid: said, line: record.line, columns }, kind, matched);
}

/** A header of which it is known what its columns hold. */
export function headerOf(
  named: Pick<Header, "delimiter" | "delimiterSaid" | "line" | "columns">,
  kind: FileKind,
  matched: Matched,
): Header {
  const position = new Map<ImportField, number>();
  const zones = new Map<ImportField, string>();
  for (const [index, field] of matched.fields.entries()) {
    if (field === null) continue;
    position.set(field, index);
    const zone = columnNamed(named.columns[index] ?? "")?.zone;
    if (zone) zones.set(field, zone);
  }
  return { ...named, matched, kind, required: kind.required, position, zones };
}

function missing(columns: string[], fields: readonly FileColumn[]): DomainError {
  const named = columns.filter((name) => name !== "").slice(0, 10);
  const found = named.map((name) => shortened(name, 60));
  return invalidField(["file"], { reason: "header_columns_missing", missing: [...fields], found });
}

/** @throws DomainError where two columns are the same, or a required one is not there */
function refuseUnmatched(columns: string[], kind: FileKind, { fields }: Matched): void {
  for (const [index, name] of columns.entries()) {
    const column = columnNamed(name)?.column;
    const first = column ? fields.indexOf(column) : -1;
    if (!column || first === -1 || first === index) continue;
    const spelled = [...new Set([columns[first] ?? "", name])].map((one) => shortened(one, 60));
    throw invalidField(["file"], { reason: "header_column_twice", column, spelled });
  }
  const lacking = kind.required.filter((column) => !fields.includes(column));
  if (lacking.length > 0) throw missing(columns, lacking);
}
