import { trimmed } from "@/lib/codes/rules";
import { formatNumber } from "@/lib/format";
import type { Header } from "@/lib/imports/header";
import type { CsvRecord } from "@/lib/imports/records";
import { type Assumption, type RowProblem, rowProblem } from "@/lib/referrals/row-problems";

/** Hears what was assumed, and how often. */
export type Assume = (assumption: Assumption, times?: number) => void;

/**
 * Whether rows have the cells that the first line names. Spreadsheets leave empty last cells out, or write too many: those are
 * assumed. A short row may also be the half of one that a line break cut in two; what could be the other half is refused.
 */
export class RowShape {
  /** The cells of the short rows just before, taken for one row. */
  #cut: string[] | null = null;

  /** @param fits whether cells, as many as the first line names, are a row without problems */
  constructor(
    readonly header: Header,
    readonly fits: (cells: string[]) => boolean,
  ) {}

  /** What is wrong with the number of cells, or null; what is assumed instead goes to `assume`. */
  judge(record: CsvRecord, assume: Assume): RowProblem | null {
    const before = this.#cut;
    this.#cut = null;
    const expected = this.header.columns.length;
    const { cells, cellCount } = record;
    if (cellCount === expected) return null;
    if (cellCount > expected) return this.#long(record, assume);
    const lacking = this.header.required.some((column) => (this.header.position.get(column) ?? 0) >= cellCount);
    if (lacking) return this.#problem(record, cellCount, "Is a delimiter missing, or a line break not in quotes?");
    const [first = "", ...rest] = cells;
    const joined = before ? [...before.slice(0, -1), `${before.at(-1)}\n${first}`, ...rest] : cells;
    if (before && joined.length === expected && this.fits(joined)) {
      return rowProblem({
        cause: "cells",
        column: this.header.columns[0] ?? "",
        value: first,
        message: `This may be the rest of the row above: together they have the ${expected} cells that the first line names. Put the cell with the line break in quotes, or write the empty last cells of both rows.`,
      });
    }
    this.#cut = joined.length < expected ? joined : cells;
    assume("shortRows");
    assume("missingCells", expected - cellCount);
    return null;
  }

  #long(record: CsvRecord, assume: Assume): RowProblem | null {
    const expected = this.header.columns.length;
    const filled = record.cells.findIndex((cell, index) => index >= expected && trimmed(cell) !== "");
    if (filled === -1 && !record.filledBeyond) {
      assume("longRows");
      return null;
    }
    const character = this.header.delimiter === "\t" ? "a tab" : `“${this.header.delimiter}”`;
    const mend = `Remove what is too much, or put a cell that contains ${character} in quotes.`;
    return this.#problem(record, filled === -1 ? expected : filled, mend);
  }

  #problem({ cells, cellCount }: CsvRecord, at: number, mend: string): RowProblem {
    const expected = this.header.columns.length;
    return rowProblem({
      cause: "cells",
      column: this.header.columns[at] || `cell ${at + 1}`,
      value: cells[at] ?? "",
      message: `The row has ${formatNumber(cellCount)} ${cellCount === 1 ? "cell" : "cells"}, the first line names ${expected}. ${mend}`,
    });
  }
}
