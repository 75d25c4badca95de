import type { Scope } from "@/lib/access/scope";
import { columnName, type ImportDetail } from "@/lib/imports/queries";
import { cellsOf } from "@/lib/imports/records";
import { stagedRows } from "@/lib/imports/staged-rows";
import { formatRow, plainCell, safeCell } from "@/lib/referrals/csv";
import { readProblem } from "@/lib/referrals/row-problems";
import { rowSentence } from "@/lib/referrals/row-reasons";

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
  for await (const rows of stagedRows(scope, id, "good")) {
    yield encoder.encode(rows.map(({ raw }) => writtenRow(cellsOf(raw, delimiter), delimiter)).join(""));
  }
}

/**
 * The failed rows as CSV in the file's own columns and delimiter, with `line` and `problem` after them; cells the file has
 * too many of come last. Mended, it can be uploaded as it is.
 */
export async function* failedRowsFile(
  scope: Scope<"referrals.import">,
  { id, columns, delimiter, reading }: ImportDetail,
): AsyncGenerator<Uint8Array> {
  // A file of failed rows that came back has these columns already.
  const own = columns.slice(-added.length).join() === added.join() ? columns.slice(0, -added.length) : columns;
  const encoder = new TextEncoder();
  yield encoder.encode(`\uFEFF${writtenRow([...own, ...added], delimiter)}`);
  for await (const rows of stagedRows(scope, id, "failed")) {
    const text = rows.map(({ line, raw, problems }) => {
      const cells = cellsOf(raw, delimiter);
      const told = (problems ?? [])
        .map(readProblem)
        .map(
          ({ column, reason, more }) =>
            `${columnName({ columns, reading }, column)}: ${rowSentence(reason)}${more ? ` And ${more} more.` : ""}`,
        );
      return writtenRow(
        [...own.map((_, index) => cells[index] ?? ""), String(line), told.join(" "), ...cells.slice(columns.length)],
        delimiter,
      );
    });
    yield encoder.encode(text.join(""));
  }
}
