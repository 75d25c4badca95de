import { useState } from "react";
import type { TableChoices } from "@/components/data-table/table";
import { useTable } from "@/components/data-table/use-table";
import type { AttributeTitle } from "@/lib/attributes/titles";
import { type SortKey, sortOf } from "@/lib/referrals/list/filter/terms";
import {
  type ColumnId,
  columnIds,
  defaultColumns,
  type ReferralList,
  wholeList,
} from "@/lib/referrals/list/search-params";
import { shownColumns } from "./column-names";
import type { ReferralItem } from "./rows";
import type { ListSelection } from "./selection/use-selection";

export type ListChoices = TableChoices<ReferralItem, ColumnId>;

/** The columns that the list can be ordered by, and what their readers want to see first. */
const sortable = {
  code: "ascending",
  redemptions: "descending",
  created: "descending",
  validFrom: "descending",
  validUntil: "descending",
} as const satisfies Record<SortKey, string>;

export const sortKeys = Object.keys(sortable);

/** The list as a table: what was last asked of its columns and order, and which of its rows are ticked. */
export function useListTable(
  items: ReferralItem[],
  asked: ReferralList,
  change: (part: Partial<ReferralList>) => void,
  titles: readonly AttributeTitle[],
  selection: ListSelection,
  ticked: ReadonlySet<string>,
) {
  const shown = shownColumns(asked.columns);
  const [places, setPlaces] = useState(shown);
  const { key, descending } = sortOf(asked.sort);
  const choices: ListChoices = {
    rows: items,
    rowId,
    order: inPlaces(places, shown, [...columnIds, ...titles.map(({ name }) => `attr.${name}` as const)]),
    shown,
    fixed: "code",
    sorting: { by: key, descending },
    sortable,
    ticked,
    onColumns: (columns, order) => {
      setPlaces(order);
      change({ columns: columns.join() === defaultColumns.join() ? null : columns });
    },
    onSort: (by, down) => change({ sort: down ? `-${by as SortKey}` : (by as SortKey), page: wholeList.page }),
    onTicks: selection.mark,
  };
  return { choices, ...useTable(choices) };
}

export type ListTable = ReturnType<typeof useListTable>;

export const rowId = (item: ReferralItem) => item.id;

/** All columns, where they stood before; where the address has another order by now, the shown ones first. */
function inPlaces(before: ColumnId[], shown: ColumnId[], known: ColumnId[]): ColumnId[] {
  const same = before.filter((id) => shown.includes(id)).join() === shown.join();
  const order = same ? before : shown;
  return [...order, ...known.filter((id) => !order.includes(id))];
}
