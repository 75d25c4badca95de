import { trimmed } from "@/lib/codes/rules";

/** How many characters one row may have, its line breaks included. */
export const rowCharactersMax = 1_000_000;
/** How many columns a file may have. */
export const columnsMax = 120;

/** What is wrong with the quotes of a row: text after a closing quote, a quote inside an unquoted cell, or no end. */
export type QuoteFlaw = "after" | "inside" | "unclosed";

/** One row of a file as cells, before anyone asks what they mean. */
export interface CsvRecord {
  /** Physical line on which the row starts; the header is line 1 and a quoted line break counts. */
  line: number;
  /** The first `columnsMax` cells. */
  cells: string[];
  /** How many cells the row has. */
  cellCount: number;
  /** Whether one of the cells that are not kept holds something. */
  filledBeyond: boolean;
  /** The row as it stands in the file, without its line end: read by itself it is this row again, flaws and all. */
  raw: string;
  flaw: { kind: QuoteFlaw; cell: number } | null;
}

/** Whether nothing that can be seen stands in a row. */
export function isBlank({ cells, filledBeyond, flaw }: CsvRecord): boolean {
  return flaw === null && !filledBeyond && cells.every((cell) => trimmed(cell) === "");
}

/** Names the delimiter on the line before a file's columns, such as `sep=;`. */
export const delimiterLine = /^"?sep=(.)"?[,;\t]*$/i;

/** Thrown when a row, or a physical line, is longer than `rowCharactersMax`. */
export class RowTooLong extends Error {
  constructor(readonly line: number) {
    super(`line ${line} is too long`);
  }
}

const quote = '"';

/** Index of the quote that closes a cell whose text starts at `from`, or -1. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf(quote, from); at !== -1; at = text.indexOf(quote, at + 2)) {
    if (text[at + 1] !== quote) return at;
  }
  return -1;
}

function lineBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

/**
 * Splits CSV text that comes in pieces into rows (RFC 4180; LF or CRLF). Unlike a strict parser it goes on after a row with
 * wrong quotes, at the next physical line, so that every wrong row of a file is found. Memory is bounded by one row.
 */
export class RecordReader {
  #text = "";
  #position = 0;
  #line = 1;
  #retryAt = 0;
  #nextDelimiter = -1;
  #emptyLines = 0;

  constructor(readonly delimiter: string) {}

  /** How many lines without a character there were; they are no rows. */
  get emptyLines(): number {
    return this.#emptyLines;
  }

  /**
   * The rows that are complete with this piece; `last` says that no other follows.
   * @throws RowTooLong
   */
  *read(piece: string, last = false): Generator<CsvRecord> {
    this.#text = this.#text.slice(this.#position) + piece;
    this.#position = 0;
    this.#nextDelimiter = -1;
    // A row that was not complete is looked at again only when its text has doubled: the work stays linear.
    if (!last && this.#text.length < this.#retryAt) return;
    this.#retryAt = 0;
    while (this.#position < this.#text.length) {
      if (this.#skipEmptyLine()) continue;
      const record = this.#next(last);
      if (!record) {
        this.#retryAt = 2 * (this.#text.length - this.#position);
        return;
      }
      yield record;
    }
  }

  #skipEmptyLine(): boolean {
    const length = this.#text.startsWith("\n", this.#position)
      ? 1
      : this.#text.startsWith("\r\n", this.#position)
        ? 2
        : 0;
    if (length === 0) return false;
    this.#position += length;
    this.#line += 1;
    this.#emptyLines += 1;
    return true;
  }

  /** The next row, or null when its end has not come yet. */
  #next(last: boolean): CsvRecord | null {
    const text = this.#text;
    const start = this.#position;
    const firstEnd = this.#lineEnd(start, last);
    if (firstEnd === -1) return null;
    const record: CsvRecord = { line: this.#line, cells: [], cellCount: 0, filledBeyond: false, raw: "", flaw: null };
    let lineEnd = firstEnd;
    let contentEnd = withoutReturn(text, start, lineEnd);
    for (let position = start; ; position += 1) {
      let cell: string;
      if (text[position] === quote) {
        const closing = closingQuote(text, position + 1);
        const complete = closing !== -1 && (closing + 1 < text.length || last);
        if (!complete && !last && text.length - start <= rowCharactersMax) return null;
        if (!complete || closing - start > rowCharactersMax) return this.#broken(record, firstEnd, "unclosed");
        if (closing >= lineEnd) {
          const end = text.indexOf("\n", closing);
          if ((end === -1 ? text.length : end) - start > rowCharactersMax) throw new RowTooLong(record.line);
          if (end === -1 && !last) return null;
          lineEnd = end === -1 ? text.length : end;
          contentEnd = withoutReturn(text, closing + 1, lineEnd);
        }
        cell = text.slice(position + 1, closing).replaceAll('""', quote);
        position = closing + 1;
        if (position < contentEnd && text[position] !== this.delimiter) {
          return this.#broken(record, firstEnd, "after");
        }
      } else {
        const end = Math.min(this.#delimiterFrom(position), contentEnd);
        cell = text.slice(position, end);
        if (cell.includes(quote)) record.flaw ??= { kind: "inside", cell: record.cellCount };
        position = end;
      }
      if (record.cellCount < columnsMax) record.cells.push(cell);
      else if (trimmed(cell) !== "") record.filledBeyond = true;
      record.cellCount += 1;
      if (position >= contentEnd) break;
    }
    record.raw = text.slice(start, contentEnd);
    this.#line += lineEnd === firstEnd ? 1 : 1 + lineBreaks(text, start, lineEnd);
    this.#position = lineEnd + 1;
    return record;
  }

  /** End of the physical line that starts at `start`, or -1 when it has not come yet. */
  #lineEnd(start: number, last: boolean): number {
    let end = this.#text.indexOf("\n", start);
    if (end === -1 && last) end = this.#text.length;
    if ((end === -1 ? this.#text.length : end) - start > rowCharactersMax) throw new RowTooLong(this.#line);
    return end;
  }

  #delimiterFrom(position: number): number {
    if (this.#nextDelimiter < position) {
      const found = this.#text.indexOf(this.delimiter, position);
      this.#nextDelimiter = found === -1 ? this.#text.length : found;
    }
    return this.#nextDelimiter;
  }

  /** A row whose quotes have no sense is its first physical line, split at every delimiter. */
  #broken(record: CsvRecord, lineEnd: number, kind: QuoteFlaw): CsvRecord {
    const content = this.#text.slice(this.#position, withoutReturn(this.#text, this.#position, lineEnd));
    const cells = content.split(this.delimiter, columnsMax);
    this.#line += 1;
    this.#position = lineEnd + 1;
    return {
      line: record.line,
      cells,
      cellCount: cells.length,
      filledBeyond: false,
      raw: content,
      flaw: { kind, cell: record.cellCount },
    };
  }
}

function withoutReturn(text: string, start: number, lineEnd: number): number {
  return lineEnd > start && text[lineEnd - 1] === "\r" ? lineEnd - 1 : lineEnd;
}

/** A row by what is kept of it: its `raw` text and its line; null for no text. */
export function recordOf(raw: string, line: number, delimiter: string): CsvRecord | null {
  const [record] = new RecordReader(delimiter).read(raw, true);
  return record ? { ...record, line } : null;
}

/** The cells of one row. */
export function cellsOf(raw: string, delimiter: string): string[] {
  return recordOf(raw, 1, delimiter)?.cells ?? [];
}
