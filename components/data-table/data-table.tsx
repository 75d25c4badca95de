"use client";

import { type ColumnDef, type Row, type RowData, useTable } from "@tanstack/react-table";
import { memo, type ReactNode, type Ref } from "react";
import { cx } from "@/components/ui/cx";
import { type ColumnLook, features } from "./columns";

type Columns<Data extends RowData> = ColumnDef<typeof features, Data>[];

/** The order of the rows, which is made elsewhere. Ids are of columns. */
export interface Sorting {
  columns: readonly string[];
  by: string;
  descending: boolean;
  onSort: (columnId: string) => void;
}

type DataTableProps<Data extends RowData> = {
  /** What the table holds: its caption and the name of its scroll region. */
  caption: string;
  /** Stable between renders, as is `rows` while the data is the same. */
  columns: Columns<Data>;
  rows: Data[];
  rowId: (row: Data) => string;
  density?: "comfortable" | "compact";
  /** Present where the rows can be put in another order: which columns can, and what they are ordered by. */
  sorting?: Sorting;
  /** Newer rows are on their way; these stay, dimmed, until then. */
  busy?: boolean;
  /** Stands under the header where there are no rows. */
  empty?: ReactNode;
  region?: Ref<HTMLElement>;
};

/** A long list as a table that scrolls both ways inside its own region, under its header and beside its row headers. */
export function DataTable<Data extends RowData>({ empty, region, ...grid }: DataTableProps<Data>) {
  return (
    <section
      ref={region}
      aria-label={grid.caption}
      aria-busy={grid.busy ?? false}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (axe scrollable-region-focusable).
      tabIndex={0}
      className="@container relative min-h-0 flex-1 scroll-pt-10 overflow-auto border-t bg-panel -outline-offset-2"
    >
      <Grid {...grid} />
      {grid.rows.length === 0 && <div className="sticky left-0 max-w-[100cqw]">{empty}</div>}
    </section>
  );
}

type GridProps<Data extends RowData> = Omit<DataTableProps<Data>, "region" | "empty">;

function Grid<Data extends RowData>(props: GridProps<Data>) {
  const { caption, columns, rows, rowId, density, sorting, busy } = props;
  const table = useTable({ features, columns, data: rows, getRowId: rowId });
  const room = columns.reduce((sum, { meta }) => sum + lookOf(meta).room, 0);
  return (
    <table
      style={{ minWidth: `${room}rem` }}
      data-density={density}
      aria-busy={busy || undefined}
      className="data-table"
    >
      <caption className="sr-only">{caption}</caption>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => {
              const look = lookOf(header.column.columnDef.meta);
              const text = <table.FlexRender header={header} />;
              const order = sorting?.by === header.id ? (sorting.descending ? "descending" : "ascending") : undefined;
              return (
                <th
                  key={header.id}
                  scope="col"
                  aria-sort={order}
                  style={{ width: look.width }}
                  className={cx(look.rowHeader && "stuck")}
                >
                  {sorting?.columns.includes(header.id) ? (
                    <button type="button" className="head-sort" onClick={() => sorting.onSort(header.id)}>
                      {text}
                    </button>
                  ) : (
                    <span className={cx(look.hideHeader && "sr-only")}>{text}</span>
                  )}
                </th>
              );
            })}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <Line key={row.id} row={row} data={row.original} columns={columns} />
        ))}
      </tbody>
    </table>
  );
}

function lookOf(meta: ColumnLook | undefined): ColumnLook {
  return meta ?? { room: 0 };
}

type LineProps<Data extends RowData> = {
  row: Row<typeof features, Data>;
  data: Data;
  columns: Columns<Data>;
};

/** A row is drawn again only when its data or the columns are others: busy marks and typing leave hundreds alone. */
const Line = memo(
  DrawnLine,
  (before, after) => before.data === after.data && before.columns === after.columns,
) as typeof DrawnLine;

// Cells are called, not mounted as components: 250 rows are then markup alone, without hooks of their own.
function DrawnLine<Data extends RowData>({ row }: LineProps<Data>) {
  return (
    <tr>
      {row.getAllCells().map((cell) => {
        const { meta, cell: draw } = cell.column.columnDef;
        const content = typeof draw === "function" ? draw(cell.getContext()) : draw;
        return lookOf(meta).rowHeader ? (
          <th key={cell.id} scope="row" className="stuck">
            {content}
          </th>
        ) : (
          <td key={cell.id} className={lookOf(meta).cells}>
            {content}
          </td>
        );
      })}
    </tr>
  );
}
