import { useLayoutEffect, useMemo, useRef } from "react";
import { toast } from "@/components/ui/toast";
import type { Table, TableChoices } from "./table";

/** What can be asked of a table. Each is done once its code is there; false where that could not be had, which is said. */
export interface TableDeeds<Row extends object, Id extends string> {
  /** Fetches the code, which may be wanted soon; the table, to be told what is shown by now (`renew`). */
  load: () => Promise<Table<Row, Id>>;
  /** Puts the rows in another order: by this column, or the other way round. */
  sort: (by: Id) => Promise<boolean>;
  /** Ticks a row or takes the tick away; with `range`, all between it and the row ticked before. */
  tick: (row: Row, on: boolean, range: boolean) => Promise<boolean>;
  tickAll: (on: boolean) => Promise<boolean>;
}

/**
 * The table of TanStack behind a list. Who only reads needs none of it: its code comes when somebody comes near the rows.
 * The deeds are stable between renders.
 */
export function useTable<Row extends object, Id extends string>(choices: TableChoices<Row, Id>): TableDeeds<Row, Id> {
  const latest = useRef(choices);
  useLayoutEffect(() => {
    latest.current = choices;
  });
  return useMemo(() => {
    let table: Promise<Table<Row, Id>> | undefined;
    const load = () => {
      table ??= import("./table").then(({ makeTable }) => makeTable(latest.current));
      table.catch(() => {
        table = undefined; // tried again by the next press
      });
      return table;
    };
    const ask = async (run: (table: ReturnType<Table<Row, Id>["renew"]>) => void): Promise<boolean> => {
      const there = await load().catch(() => null);
      if (there) run(there.renew(latest.current));
      else toast.error("What orders and selects rows could not be loaded. Check the connection and press again.");
      return there !== null;
    };
    return {
      load,
      sort: (by) => ask((table) => table.getColumn(by)?.toggleSorting()),
      tick: (row, on, range) =>
        ask((table) => {
          const id = latest.current.rowId(row);
          table.getRow(id).getToggleSelectedHandler()({ target: { checked: on }, shiftKey: range });
        }),
      tickAll: (on) => ask((table) => table.toggleAllPageRowsSelected(on)),
    };
  }, []);
}
