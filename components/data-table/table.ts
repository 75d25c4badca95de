import {
  type ColumnDef,
  columnOrderingFeature,
  columnVisibilityFeature,
  constructTable,
  functionalUpdate,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/react-table";
import { storeReactivityBindings } from "@tanstack/table-core/store-reactivity-bindings";

/** What a table is made of, and who hears what somebody asks of it. It keeps nothing: columns, order and ticks are given. */
export interface TableChoices<Row, Id extends string> {
  rows: Row[];
  rowId: (row: Row) => string;
  /** All columns there are, in their order. */
  order: readonly Id[];
  shown: readonly Id[];
  /** The column that is always shown, before all others. */
  fixed: Id;
  sorting: { by: Id; descending: boolean };
  /** The columns that the rows can be ordered by; the first press asks for the order that their readers want. */
  sortable: Readonly<Record<string, "ascending" | "descending">>;
  /** Ids of those of the rows that are ticked. */
  ticked: ReadonlySet<string>;
  /** Whether a range can begin at the row that was ticked last. */
  anchored: boolean;
  onColumns: (shown: Id[], order: Id[]) => void;
  onSort: (by: Id, descending: boolean) => void;
  onTicks: (rows: Row[], on: boolean) => void;
}

const features = tableFeatures({
  coreReactivityFeature: storeReactivityBindings(),
  columnVisibilityFeature,
  columnOrderingFeature,
  rowSortingFeature,
  rowSelectionFeature,
});

/**
 * The table of TanStack that says what a press means: the next order, the rows of a range, the columns left. It draws nothing.
 * `renew` tells it what is shown, ordered and ticked by now.
 */
export function makeTable<Row extends object, Id extends string>(choices: TableChoices<Row, Id>) {
  const table = constructTable({ features, ...optionsOf(choices) });
  const renew = (now: TableChoices<Row, Id>) => {
    table.setOptions((before) => ({ ...before, ...optionsOf(now) }));
    return table;
  };
  return { renew };
}

export type Table<Row extends object, Id extends string> = ReturnType<ReturnType<typeof makeTable<Row, Id>>["renew"]>;

function optionsOf<Row extends object, Id extends string>(choices: TableChoices<Row, Id>) {
  const { rows, order, shown, fixed, sorting, sortable, ticked, anchored } = choices;
  const columns: ColumnDef<typeof features, Row>[] = order.map((id) => ({
    id,
    accessorFn: () => null, // without one, TanStack takes no column for one to sort by
    enableHiding: id !== fixed,
    enableSorting: id in sortable,
    sortDescFirst: sortable[id] === "descending",
  }));
  const state = {
    columnOrder: [...order] as string[],
    columnVisibility: Object.fromEntries(order.map((id) => [id, shown.includes(id)])),
    sorting: [{ id: sorting.by as string, desc: sorting.descending }],
    rowSelection: Object.fromEntries([...ticked].map((id) => [id, true as const])),
  };
  const choose = ({ columnOrder, columnVisibility }: Pick<typeof state, "columnOrder" | "columnVisibility">) =>
    choices.onColumns(columnOrder.filter((id) => columnVisibility[id]) as Id[], columnOrder as Id[]);
  return {
    data: rows,
    columns,
    getRowId: choices.rowId,
    state,
    manualSorting: true, // the database sorts
    enableMultiSort: false,
    enableSortingRemoval: false,
    isRowRangeSelectionEvent: (event: unknown) => (event as Tick).shiftKey && anchored,
    onColumnOrderChange: (next: Update<string[]>) =>
      choose({ ...state, columnOrder: functionalUpdate(next, state.columnOrder) }),
    onColumnVisibilityChange: (next: Update<Record<string, boolean>>) =>
      choose({ ...state, columnVisibility: functionalUpdate(next, state.columnVisibility) }),
    onSortingChange: (next: Update<(typeof state)["sorting"]>) => {
      const [first] = functionalUpdate(next, state.sorting);
      if (first) choices.onSort(first.id as Id, first.desc);
    },
    onRowSelectionChange: (next: Update<Record<string, true>>) => {
      const after = functionalUpdate(next, state.rowSelection);
      for (const on of [true, false]) {
        const changed = rows.filter((row) => {
          const id = choices.rowId(row);
          return ticked.has(id) !== on && (after[id] ?? false) === on;
        });
        if (changed.length > 0) choices.onTicks(changed, on);
      }
    },
  };
}

type Update<State> = State | ((before: State) => State);

/** What TanStack reads of the event of a box. */
export interface Tick {
  target: { checked: boolean };
  shiftKey: boolean;
}
