import { makeTable, type Table } from "@/components/data-table/table";
import { type SortKey, sortOf } from "@/lib/referrals/list/filter/terms";
import { type ColumnId, columnIds, defaultColumns, wholeList } from "@/lib/referrals/list/search-params";
import { shownColumns } from "./column-names";
import { sortKeys } from "./columns";
import type { ReferralItem } from "./rows";
import { type ListNow, rowId } from "./use-list-table";

/** What readers want to see first of each column: codes from their beginning, else the most and the newest. */
const sortable = Object.fromEntries(sortKeys.map((key) => [key, key === "code" ? "ascending" : "descending"] as const));

/** What the list's table is made of, as the list is by now. */
function choicesOf({ items, asked, change, titles, selection, ticked, places, setPlaces }: ListNow) {
  const shown = shownColumns(asked.columns);
  const { key, descending } = sortOf(asked.sort);
  return {
    rows: items,
    rowId,
    order: inPlaces(places, shown, [...columnIds, ...titles.map(({ name }) => `attr.${name}` as const)]),
    shown,
    fixed: "code" as const,
    sorting: { by: key, descending },
    sortable,
    ticked,
    anchored: ticked.size > 0,
    onColumns: (columns: ColumnId[], order: ColumnId[]) => {
      setPlaces(order);
      change({ columns: columns.join() === defaultColumns.join() ? null : columns });
    },
    onSort: (by: ColumnId, down: boolean) =>
      change({ sort: down ? `-${by as SortKey}` : (by as SortKey), page: wholeList.page }),
    onTicks: selection.mark,
  };
}

/** The list as a table, and what somebody does to it as it is by now. */
export function listTable(first: ListNow) {
  const table = makeTable(choicesOf(first));
  const renew = (now: ListNow): Table<ReferralItem, ColumnId> => table.renew(choicesOf(now));
  let drawn: ListNow | null = null; // as the list stood when a row was last ticked
  return {
    /** The table as it is by now. */
    renew,
    /** Orders the rows by a column, or the other way round. */
    sort: (now: ListNow, id: string) => renew(now).getColumn(id)?.toggleSorting(),
    /** Ticks a row or takes the tick away; with `range`, all between it and the row ticked before. */
    tick: (now: ListNow, { id }: ReferralItem, on: boolean, range: boolean) => {
      const choices = choicesOf(now);
      const anchored = choices.anchored || drawn === now; // the tick before this one may not have been drawn yet
      drawn = now;
      const row = table.renew({ ...choices, anchored }).getRow(id);
      row.getToggleSelectedHandler()({ target: { checked: on }, shiftKey: range });
    },
    tickPage: (now: ListNow, on: boolean) => renew(now).toggleAllPageRowsSelected(on),
  };
}

/** All columns, where they stood before; where the address has another order by now, the shown ones first. */
function inPlaces(before: readonly ColumnId[], shown: ColumnId[], known: ColumnId[]): ColumnId[] {
  const same = before.filter((id) => shown.includes(id)).join() === shown.join();
  const order = same ? before : shown;
  return [...order, ...known.filter((id) => !order.includes(id))];
}
