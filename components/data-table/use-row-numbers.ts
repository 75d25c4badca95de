import { type RefObject, useEffect } from "react";

/** Where the rows of a page stand in the whole table. Null is not known. */
export interface RowNumbers {
  /** How many rows stand before the first of them. */
  before: number | null;
  total: number | null;
}

/**
 * Tells those who hear the table which of how many rows these are, once that is known. The header is a row too, the first.
 * Written to the elements, since the rows shall not be drawn again for it.
 */
export function useRowNumbers(
  table: RefObject<HTMLTableElement | null>,
  rows: readonly unknown[],
  numbers: Promise<RowNumbers> | undefined,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows are other elements, to be numbered anew.
  useEffect(() => {
    let current = true;
    void numbers?.then(({ before, total }) => {
      if (!current || !table.current) return;
      table.current.ariaRowCount = total === null ? "-1" : String(total + 1);
      for (const [place, row] of [...(table.current.tBodies[0]?.rows ?? [])].entries())
        row.ariaRowIndex = before === null ? null : String(before + place + 2);
    });
    return () => {
      current = false;
    };
  }, [table, rows, numbers]);
}
