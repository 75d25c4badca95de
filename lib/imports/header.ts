import { invalidField } from "@/lib/errors";
import { formatNumber } from "@/lib/format";
import { columnsMax, RecordReader } from "@/lib/imports/records";
import { delimiterNames } from "@/lib/imports/schema";
import { type ImportColumn, importColumns, requiredColumns } from "@/lib/referrals/csv";

/** What the first line of a file says. */
export interface Header {
  /** Names as the file spells them, trimmed. */
  columns: string[];
  /** Names that an import does not read. */
  ignored: string[];
  /** Where each known column stands. */
  position: Map<ImportColumn, number>;
}

const known = (name: string) => importColumns.find((column) => column === name.toLowerCase());

function names(line: string, delimiter: string): string[] {
  return line.split(delimiter, columnsMax).map((name) => name.replaceAll('"', "").trim().toLowerCase());
}

/** The delimiter whose use gives the required columns; failing that, the one that gives the most. */
export function detectDelimiter(line: string): string {
  const delimiters = Object.keys(delimiterNames);
  const complete = delimiters.find((one) => requiredColumns.every((column) => names(line, one).includes(column)));
  if (complete) return complete;
  return delimiters.reduce((best, one) => (names(line, one).length > names(line, best).length ? one : best));
}

const list = (words: readonly string[]) => words.map((word) => `“${word.slice(0, 60)}”`).join(", ");

/**
 * Reads the first line of a file.
 * @throws DomainError invalid: no CSV, required columns missing, a column twice, too many columns
 */
export function readHeader(line: string, delimiter: string): Header {
  if (line.trim() === "") {
    throw invalidField("file", `The first line is empty. It must name the columns, at least ${list(requiredColumns)}.`);
  }
  if (line.includes("\r")) {
    throw invalidField(
      "file",
      "The lines end with a bare CR (old Macintosh text). Save the file with LF or CRLF line ends.",
    );
  }
  const [record] = new RecordReader(delimiter).read(line, true);
  if (!record || record.flaw) {
    throw invalidField(
      "file",
      "The quotes in the first line do not match. It must name the columns; quotes are not needed.",
    );
  }
  if (record.cellCount > columnsMax) {
    throw invalidField(
      "file",
      `The first line names ${formatNumber(record.cellCount)} columns; a file may have ${columnsMax}. Is this a CSV file?`,
    );
  }
  const columns = record.cells.map((name) => name.trim());
  const position = new Map<ImportColumn, number>();
  columns.forEach((name, index) => {
    const column = known(name);
    if (!column) return;
    if (position.has(column)) {
      throw invalidField("file", `The first line names the column “${column}” twice. Remove one of the two.`);
    }
    position.set(column, index);
  });
  const missing = requiredColumns.filter((column) => !position.has(column));
  if (missing.length > 0) {
    const found = list(columns.filter((name) => name !== "").slice(0, 10));
    throw invalidField(
      "file",
      `The first line must name the columns, and ${list(missing)} ${missing.length > 1 ? "are" : "is"} missing. It names ${found || "none"}.`,
    );
  }
  const ignored = columns.flatMap((name, index) => (known(name) ? [] : [name || `column ${index + 1} (no name)`]));
  return { columns, ignored, position };
}
