import { trimmed } from "@/lib/codes/rules";
import { formatCount } from "@/lib/format";
import { linesOf } from "@/lib/referrals/create/lines";
import { advocatesMaxBytes } from "@/lib/referrals/create/rules";
import { plainCell } from "@/lib/referrals/csv";

/** The advocates of a chosen file, one a line, with a sentence that says what was taken; or why it cannot be read. */
type AdvocateFile = { text: string; said: string } | { problem: string };

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

/** More columns than any list has: such a file is something else, and reading on would only fill the memory. */
const columnsMax = 500;
const stepRows = 256;

/**
 * Reads a text or CSV file, in small steps (see `inTurns`). Pure: `bytes` are the file's, `name` is only shown and asked for
 * its ending.
 */
export function* readAdvocateFile(name: string, bytes: Uint8Array): Generator<void, AdvocateFile> {
  if (bytes.length > advocatesMaxBytes)
    return { problem: `${name} has more than 40 MB; split it, or keep only the column with the Integration IDs.` };
  const text = decode(bytes);
  if (text === null)
    return { problem: `${name} is no text in UTF-8. In a spreadsheet, save it as “CSV UTF-8” and choose that file.` };
  if (text.trim() === "") return { problem: `${name} is empty.` };
  const delimiter = delimiterOf(text);
  const heading = headingIn(text, delimiter);
  if (heading || /\.(csv|tsv)$/i.test(name)) return yield* readColumn(name, text, delimiter);
  const lines = yield* countLines(text);
  return { text, said: `Added ${formatCount(lines, "line")} of ${name}.` };
}

function* readColumn(name: string, text: string, delimiter: string): Generator<void, AdvocateFile> {
  const ids: string[] = [];
  let column: number | null = null;
  let said = "";
  let rows = 0;
  for (const row of readRows(text, delimiter)) {
    rows += 1;
    if (rows % stepRows === 0) yield;
    if ("problem" in row) return { problem: `${name}, line ${row.line}: ${row.problem}` };
    if (column === null) {
      column = columnOf(row.cells);
      const named = row.cells[column ?? -1]?.trim();
      if (named !== undefined) {
        said = `the column “${named}” of ${name}`;
        continue;
      }
      column = 0;
      const first = (row.cells[0] ?? "").trim().slice(0, 60);
      said = `the first column of ${name}, because none is named advocateprofileintegrationid; its first line is “${first}”`;
    }
    const id = plainCell(trimmed(row.cells[column] ?? ""));
    if (/[\r\n]/.test(id))
      return { problem: `${name}, line ${row.line}: the Integration ID contains a line break; remove it.` };
    ids.push(id);
  }
  if (ids.length === 0) return { problem: `${name} has a heading and no row below it.` };
  return { text: ids.join("\n"), said: `Added ${formatCount(ids.length, "line")}: ${said}.` };
}

/** The rows of delimited text, each with the line it starts on: quotes, doubled quotes and line breaks in quotes. */
function* readRows(
  text: string,
  delimiter: string,
): Generator<{ line: number; cells: string[] } | { line: number; problem: string }> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const started = line;
    const cells: string[] = [];
    for (;;) {
      let cell = "";
      if (text[at] === '"') {
        const end = closingQuote(text, at + 1);
        if (end < 0) return yield { line, problem: "the quote that starts here is not closed." };
        cell = text.slice(at + 1, end).replaceAll('""', '"');
        for (const _ of cell.matchAll(/\r\n|\r|\n/g)) line += 1;
        at = end + 1;
      }
      const from = at;
      while (at < text.length && text[at] !== delimiter && text[at] !== "\n" && text[at] !== "\r") at += 1;
      cells.push(cell + text.slice(from, at));
      if (cells.length > columnsMax)
        return yield { line: started, problem: `more than ${columnsMax} columns; this is no list of advocates.` };
      if (text[at] !== delimiter) break;
      at += 1;
    }
    if (text[at] === "\r" && text[at + 1] === "\n") at += 1;
    at += 1;
    line += 1;
    yield { line: started, cells };
  }
}

function closingQuote(text: string, from: number): number {
  let end = text.indexOf('"', from);
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  return end;
}

function columnOf(cells: string[]): number | null {
  const headings = cells.map((cell) => cell.toLowerCase().replace(/[^a-z0-9]/g, ""));
  for (const heading of advocateHeadings) {
    const column = headings.indexOf(heading);
    if (column >= 0) return column;
  }
  return null;
}

function headingIn(text: string, delimiter: string): boolean {
  const [first] = readRows(text, delimiter);
  return first !== undefined && "cells" in first && columnOf(first.cells) !== null;
}

/** The most frequent of comma, semicolon and tab on the first line. */
function delimiterOf(text: string): string {
  const first = text.slice(0, 10_000).split(/[\r\n]/, 1)[0] ?? "";
  const counted = [",", ";", "\t"].map((delimiter) => ({ delimiter, count: first.split(delimiter).length }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
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
