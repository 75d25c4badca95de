import type { Scope } from "@/lib/access/scope";
import { db, Prisma } from "@/lib/db";
import type { ImportDetail } from "@/lib/imports/queries";
import { cellsOf } from "@/lib/imports/records";
import { formatRow, plainCell, safeCell } from "@/lib/referrals/csv";
import { readProblem, type StoredProblem } from "@/lib/referrals/row-problems";
import { rowSentence } from "@/lib/referrals/row-reasons";

interface StagedRow {
  line: number;
  raw: string;
  problems: StoredProblem[] | null;
}

/** How many bytes of rows are held at once: a row can have a megabyte. */
const portionBytes = 4_000_000;
const portionRows = 1000;

/** The rows of a file with problems, or those without, in its order and in portions. */
async function* readRows(
  { ids }: Scope<"referrals.import">,
  importId: string,
  failed: boolean,
): AsyncGenerator<StagedRow[]> {
  const which = failed ? Prisma.sql`problems IS NOT NULL` : Prisma.sql`problems IS NULL`;
  for (let after = 0; ; ) {
    const rows = await db.$queryRaw<StagedRow[]>`
      SELECT line, raw, problems FROM (
        SELECT line, raw, problems, sum(octet_length(raw)) OVER (ORDER BY line) - octet_length(raw) AS before FROM (
          SELECT line, raw, problems FROM import_row
          WHERE application_id = ${ids.applicationId} AND import_id = ${BigInt(importId)} AND ${which} AND line > ${after}
          ORDER BY line LIMIT ${portionRows}) next) sized
      WHERE before < ${portionBytes} ORDER BY line`;
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.line;
  }
}

const added = ["line", "problem"];

/** Cells as a line of a file that spreadsheets can open: none of them runs as a formula. */
function writtenRow(cells: string[], delimiter: string): string {
  return `${formatRow(
    cells.map((cell) => safeCell(plainCell(cell))),
    delimiter,
  )}\r\n`;
}

/** The rows that a cancelled import did not come to, as the file had them, to be uploaded again. */
export async function* restFile(
  scope: Scope<"referrals.import">,
  { id, columns, delimiter }: ImportDetail,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`\uFEFF${writtenRow(columns, delimiter)}`);
  for await (const rows of readRows(scope, id, false)) {
    yield encoder.encode(rows.map(({ raw }) => writtenRow(cellsOf(raw, delimiter), delimiter)).join(""));
  }
}

/**
 * The failed rows as CSV in the file's own columns and delimiter, with `line` and `problem` after them; cells the file has
 * too many of come last. Mended, it can be uploaded as it is.
 */
export async function* failedRowsFile(
  scope: Scope<"referrals.import">,
  { id, columns, delimiter }: ImportDetail,
): AsyncGenerator<Uint8Array> {
  // A file of failed rows that came back has these columns already.
  const own = columns.slice(-added.length).join() === added.join() ? columns.slice(0, -added.length) : columns;
  const encoder = new TextEncoder();
  yield encoder.encode(`\uFEFF${writtenRow([...own, ...added], delimiter)}`);
  for await (const rows of readRows(scope, id, true)) {
    const text = rows.map(({ line, raw, problems }) => {
      const cells = cellsOf(raw, delimiter);
      const told = (problems ?? [])
        .map(readProblem)
        .map(({ column, reason, more }) => `${column}: ${rowSentence(reason)}${more ? ` And ${more} more.` : ""}`);
      return writtenRow(
        [...own.map((_, index) => cells[index] ?? ""), String(line), told.join(" "), ...cells.slice(columns.length)],
        delimiter,
      );
    });
    yield encoder.encode(text.join(""));
  }
}
