import { trimmed } from "@/lib/codes/rules";
import type { Header } from "@/lib/imports/header";
import type { CsvRecord } from "@/lib/imports/records";
import { type Assumption, type RowProblem, rowProblem } from "@/lib/referrals/row-problems";
import type { RowReason } from "@/lib/referrals/row-reasons";

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
    if (lacking) return this.#problem(record, cellCount, { reason: "row_short", cells: cellCount, expected });
    const [first = "", ...rest] = cells;
    const joined = before ? [...before.slice(0, -1), `${before.at(-1)}\n${first}`, ...rest] : cells;
    if (before && joined.length === expected && this.fits(joined)) {
      return rowProblem({
        cause: "cells",
        column: this.header.columns[0] ?? "",
        value: first,
        reason: { reason: "row_half", cells: expected },
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
    const { delimiter } = this.header;
    const reason = { reason: "row_long", cells: record.cellCount, expected, delimiter } as const;
    return this.#problem(record, filled === -1 ? expected : filled, reason);
  }

  #problem({ cells }: CsvRecord, at: number, reason: RowReason): RowProblem {
    const column = this.header.columns[at] || `cell ${at + 1}`;
    return rowProblem({ cause: "cells", column, value: cells[at] ?? "", reason });
  }
}
