import {
  columnOrderingFeature,
  columnVisibilityFeature,
  functionalUpdate,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";

const features = tableFeatures({ columnVisibilityFeature, columnOrderingFeature });
const noRows: object[] = [];

type ColumnChoice<Id extends string> = {
  /** All columns in the order that they have, and those of them that are shown. */
  order: Id[];
  shown: readonly Id[];
  /** The column that is always shown, before all others. */
  fixed: Id;
  /** Hears what is to be shown, in its order, and the order of all. */
  onChange: (shown: Id[], order: Id[]) => void;
};

/** The choice of columns for a table: TanStack Table keeps which are visible and in which order; it draws none of them. */
export function useColumnChoice<Id extends string>({ order, shown, fixed, onChange }: ColumnChoice<Id>) {
  const state = {
    columnOrder: order,
    columnVisibility: Object.fromEntries(order.map((id) => [id, shown.includes(id)])),
  };
  const choose = ({
    columnOrder,
    columnVisibility,
  }: {
    columnOrder: string[];
    columnVisibility: Record<string, boolean>;
  }) => onChange(columnOrder.filter((id) => columnVisibility[id]) as Id[], columnOrder as Id[]);
  return useTable({
    features,
    data: noRows,
    columns: order.map((id) => ({ id, enableHiding: id !== fixed })),
    state,
    onColumnOrderChange: (next) => choose({ ...state, columnOrder: functionalUpdate(next, state.columnOrder) }),
    onColumnVisibilityChange: (next) =>
      choose({ ...state, columnVisibility: functionalUpdate(next, state.columnVisibility) }),
  });
}
