"use client";

import { type ColumnDef, type Row, type RowData, useTable } from "@tanstack/react-table";
import { memo, type ReactNode, type Ref } from "react";
import { cx } from "@/components/ui/cx";
import { type ColumnLook, features } from "./columns";

type Columns<Data extends RowData> = ColumnDef<typeof features, Data>[];

type DataTableProps<Data extends RowData> = {
  /** What the table holds: its caption and the name of its scroll region. */
  caption: string;
  /** Stable between renders, as is `rows` while the data is the same. */
  columns: Columns<Data>;
  rows: Data[];
  rowId: (row: Data) => string;
  /** CSS width below which the table scrolls sideways. */
  minWidth: string;
  /** Newer rows are on their way; these stay, dimmed, until then. */
  busy?: boolean;
  /** Stands under the header where there are no rows. */
  empty?: ReactNode;
  region?: Ref<HTMLElement>;
};

/** A long list as a table that scrolls both ways inside its own region, under its header and beside its row headers. */
export function DataTable<Data extends RowData>(props: DataTableProps<Data>) {
  const { caption, columns, rows, rowId, minWidth, busy = false, empty, region } = props;
  return (
    <section
      ref={region}
      aria-label={caption}
      aria-busy={busy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (axe scrollable-region-focusable).
      tabIndex={0}
      className="@container relative min-h-0 flex-1 scroll-pt-10 overflow-auto border-t bg-panel -outline-offset-2"
    >
      <Grid caption={caption} columns={columns} rows={rows} rowId={rowId} minWidth={minWidth} busy={busy} />
      {rows.length === 0 && <div className="sticky left-0 max-w-[100cqw]">{empty}</div>}
    </section>
  );
}

// The header stays on top, the row headers at the left; each has a ground of its own to cover what moves under it.
const looks = cx(
  "table table-fixed [&_:is(th,td)]:px-1.5 [&_:is(th,td):first-child]:pl-4 sm:[&_:is(th,td):first-child]:pl-6",
  "[&_thead_th]:sticky [&_thead_th]:top-0 [&_thead_th]:z-20 [&_thead_th]:bg-panel",
  "[&_.stuck]:left-0 [&_tbody_.stuck]:sticky [&_tbody_.stuck]:z-10 [&_tbody_.stuck]:bg-panel [&_thead_.stuck]:z-30",
  "[&_tbody_.stuck]:font-normal",
);

type GridProps<Data extends RowData> = Omit<DataTableProps<Data>, "region" | "empty">;

function Grid<Data extends RowData>({ caption, columns, rows, rowId, minWidth, busy }: GridProps<Data>) {
  const table = useTable({ features, columns, data: rows, getRowId: rowId });
  return (
    <table style={{ minWidth }} className={looks}>
      <caption className="sr-only">{caption}</caption>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => {
              const look = lookOf(header.column.columnDef.meta);
              return (
                <th key={header.id} scope="col" style={{ width: look.width }} className={cx(look.rowHeader && "stuck")}>
                  <span className={cx(look.hideHeader && "sr-only")}>
                    <table.FlexRender header={header} />
                  </span>
                </th>
              );
            })}
          </tr>
        ))}
      </thead>
      <tbody className={cx("transition-opacity", busy && "opacity-50 delay-150")}>
        {table.getRowModel().rows.map((row) => (
          <Line key={row.id} row={row} data={row.original} render={table.FlexRender} />
        ))}
      </tbody>
    </table>
  );
}

function lookOf(meta: ColumnLook | undefined): ColumnLook {
  return meta ?? {};
}

type LineProps<Data extends RowData> = {
  row: Row<typeof features, Data>;
  data: Data;
  render: ReturnType<typeof useTable<typeof features, Data>>["FlexRender"];
};

/** A row is drawn again only when its data is another: busy marks and typing leave hundreds of rows alone. */
const Line = memo(DrawnLine, (before, after) => before.data === after.data) as typeof DrawnLine;

function DrawnLine<Data extends RowData>({ row, render: FlexRender }: LineProps<Data>) {
  return (
    <tr>
      {row.getAllCells().map((cell) =>
        lookOf(cell.column.columnDef.meta).rowHeader ? (
          <th key={cell.id} scope="row" className="stuck">
            <FlexRender cell={cell} />
          </th>
        ) : (
          <td key={cell.id}>
            <FlexRender cell={cell} />
          </td>
        ),
      )}
    </tr>
  );
}
