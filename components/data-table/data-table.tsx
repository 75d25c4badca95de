"use client";

import { type ColumnDef, type Row, type RowData, useTable } from "@tanstack/react-table";
import { type CSSProperties, memo, type ReactNode, type Ref, useRef } from "react";
import { cx } from "@/components/ui/cx";
import { type ColumnLook, features, tableWidths } from "./columns";
import { useLasting } from "./use-lasting";
import { type RowNumbers, useRowNumbers } from "./use-row-numbers";

type Columns<Data extends RowData> = ColumnDef<typeof features, Data>[];

/** Rows that can be ticked. */
export interface Ticks<Data> {
  has: (id: string) => boolean;
  /** Names a row's box: "Select AB12". */
  label: (row: Data) => string;
  /** Stable between renders. `range` is a press with Shift. */
  onTick: (row: Data, on: boolean, range: boolean) => void;
  /** The box of the whole page. */
  page: { label: string; checked: boolean; some: boolean; onTick: (on: boolean) => void };
}

/** The order of the rows, which is made elsewhere. Ids are of columns. */
interface Sorting {
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
  ticks?: Ticks<Data>;
  /** Newer rows are on their way; these stay, dimmed, until then. */
  busy?: boolean;
  /** Stands under the header where there are no rows. */
  empty?: ReactNode;
  region?: Ref<HTMLElement>;
  /** Which of how many rows these are, where the table is a part of a longer one. Stable while the rows are the same. */
  numbers?: Promise<RowNumbers>;
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
  const { caption, columns, rows, rowId, density, sorting, ticks, busy, numbers } = props;
  const element = useRef<HTMLTableElement>(null);
  useRowNumbers(element, rows, numbers);
  const table = useTable({ features, columns, data: rows, getRowId: rowId });
  const dimmed = useLasting(busy ?? false, 150);
  const { widths, least, good, stuck } = tableWidths(
    columns.map(({ meta }) => lookOf(meta)),
    ticks ? 2.75 : 0,
  );
  return (
    <table
      ref={element}
      aria-rowcount={numbers && -1}
      style={rems({ least, good, stuck })}
      data-density={density}
      data-ticks={ticks ? "" : undefined}
      data-dimmed={dimmed || undefined}
      className="data-table"
    >
      <caption className="sr-only">{caption}</caption>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id} aria-rowindex={numbers && 1}>
            {ticks && (
              <th scope="col" className="tick">
                <label>
                  <input
                    ref={(box) => {
                      if (box) box.indeterminate = ticks.page.some;
                    }}
                    type="checkbox"
                    aria-label={ticks.page.label}
                    checked={ticks.page.checked}
                    onChange={(event) => ticks.page.onTick(event.target.checked)}
                  />
                </label>
              </th>
            )}
            {group.headers.map((header, place) => {
              const look = lookOf(header.column.columnDef.meta);
              const text = <table.FlexRender header={header} />;
              const order = sorting?.by === header.id ? (sorting.descending ? "descending" : "ascending") : undefined;
              return (
                <th
                  key={header.id}
                  scope="col"
                  aria-sort={order}
                  style={rems({ width: widths[place] })}
                  className={cx(look.rowHeader && "stuck", look.cells)}
                >
                  {sorting?.columns.includes(header.id) ? (
                    <button type="button" className="head-sort" onClick={() => sorting.onSort(header.id)}>
                      <span>{text}</span>
                    </button>
                  ) : (
                    <span className={look.hideHeader ? "sr-only" : "head-text"}>{text}</span>
                  )}
                </th>
              );
            })}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <Line
            key={row.id}
            row={row}
            data={row.original}
            columns={columns}
            ticked={ticks?.has(row.id)}
            label={ticks?.label}
            onTick={ticks?.onTick}
          />
        ))}
      </tbody>
    </table>
  );
}

/** Lengths in rem as properties of the stylesheet: `--width: 7rem`. */
function rems(lengths: Record<string, number | undefined>): CSSProperties {
  return Object.fromEntries(
    Object.entries(lengths).flatMap(([name, length]) => (length === undefined ? [] : [[`--${name}`, `${length}rem`]])),
  );
}

function lookOf(meta: ColumnLook | undefined): ColumnLook {
  return meta ?? {};
}

type LineProps<Data extends RowData> = {
  row: Row<typeof features, Data>;
  data: Data;
  columns: Columns<Data>;
  /** Left out where rows cannot be ticked. */
  ticked?: boolean;
  label?: (row: Data) => string;
  onTick?: (row: Data, on: boolean, range: boolean) => void;
};

/** A row is drawn again only when its data, tick or the columns are others: busy marks and typing leave hundreds alone. */
const Line = memo(
  DrawnLine,
  (before, after) => before.data === after.data && before.columns === after.columns && before.ticked === after.ticked,
) as typeof DrawnLine;

// Cells are called, not mounted as components: 250 rows are then markup alone, without hooks of their own.
function DrawnLine<Data extends RowData>({ row, data, ticked, label, onTick }: LineProps<Data>) {
  return (
    <tr data-ticked={ticked || undefined}>
      {ticked !== undefined && (
        <td className="tick">
          <label>
            <input
              type="checkbox"
              checked={ticked}
              aria-label={label?.(data)}
              onChange={(event) =>
                onTick?.(data, event.target.checked, (event.nativeEvent as MouseEvent).shiftKey === true)
              }
            />
          </label>
        </td>
      )}
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
