"use client";

import { type CSSProperties, type MouseEvent, type ReactNode, type Ref, useMemo, useRef } from "react";
import { cx } from "@/components/ui/cx";
import type { CellPress } from "./cells";
import { type Column, tableWidths } from "./columns";
import { Line, lineOf } from "./line";
import { type RowNumbers, useRowNumbers } from "./use-row-numbers";
import { useWholeText } from "./use-whole-text";

/** Rows that can be ticked. */
export interface Ticks<Data> {
  has: (id: string) => boolean;
  /** Names a row's box: "Select AB12". */
  label: (row: Data) => string;
  /** Stable between renders. `range` is a press with Shift. False where it could not be done. */
  onTick: (row: Data, on: boolean, range: boolean) => Promise<boolean>;
  /** The box of the whole page. */
  page: { label: string; checked: boolean; some: boolean; onTick: (on: boolean) => Promise<boolean> };
}

/** The order of the rows, which is made elsewhere. Ids are of columns. */
interface Sorting {
  columns: readonly string[];
  by: string;
  descending: boolean;
  onSort: (columnId: string) => void;
}

type DataTableProps<Data> = {
  /** What the table holds: its caption and the name of its scroll region. */
  caption: string;
  /** In their order. Stable between renders, as are `rows` while the data is the same, and `rowId`. */
  columns: Column<Data>[];
  rows: Data[];
  rowId: (row: Data) => string;
  density?: "comfortable" | "compact";
  /** Present where the rows can be put in another order: which columns can, and what they are ordered by. */
  sorting?: Sorting;
  ticks?: Ticks<Data>;
  /** Hears a press on each control of a row that has a `data-press`. */
  onPress?: (press: CellPress<Data>) => void;
  /** Newer rows are on their way; these stay, dimmed, until then. */
  busy?: boolean;
  /** Stands under the header where there are no rows. */
  empty?: ReactNode;
  region?: Ref<HTMLElement>;
  /** Hears that somebody comes near the rows, by pointer or keyboard. */
  onNear?: () => void;
  /** Which of how many rows these are, where the table is a part of a longer one. Stable while the rows are the same. */
  numbers?: Promise<RowNumbers>;
};

/** A long list as a table that scrolls both ways inside its own region, under its header and beside its row headers. */
export function DataTable<Data>({ empty, region, onNear, ...grid }: DataTableProps<Data>) {
  return (
    <section
      ref={region}
      aria-label={grid.caption}
      aria-busy={grid.busy ?? false}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (axe scrollable-region-focusable).
      tabIndex={0}
      onPointerEnter={onNear}
      onFocus={onNear}
      className="@container relative min-h-0 flex-1 scroll-pt-10 overflow-auto border-t bg-panel -outline-offset-2"
    >
      <Grid {...grid} />
      {grid.rows.length === 0 && <div className="sticky left-0 max-w-[100cqw]">{empty}</div>}
    </section>
  );
}

type GridProps<Data> = Omit<DataTableProps<Data>, "region" | "empty" | "onNear">;

function Grid<Data>(props: GridProps<Data>) {
  const { caption, columns, rows, rowId, density, sorting, ticks, onPress, busy, numbers } = props;
  const element = useRef<HTMLTableElement>(null);
  useRowNumbers(element, rows, numbers);
  const { widths, least, good, stuck } = tableWidths(
    columns.map(({ look }) => look),
    ticks ? 2.75 : 0,
  );
  const label = ticks?.label;
  const lines = useMemo(
    () => rows.map((row) => ({ id: rowId(row), markup: lineOf(row, columns, label) })),
    [rows, columns, rowId, label],
  );

  const { tapped, whole } = useWholeText();

  /** A box shows what was pressed at once, and goes back where that could not be done. */
  async function ticked(box: HTMLInputElement, done: Promise<boolean> | undefined) {
    if (!(await done)) box.checked = !box.checked;
  }

  /** The one listener of all rows. */
  function hear(event: MouseEvent<HTMLElement>) {
    const target = event.target as HTMLElement;
    const row = rows[target.closest("tr")?.sectionRowIndex ?? -1];
    if (row === undefined) return;
    if (target instanceof HTMLInputElement) ticked(target, ticks?.onTick(row, target.checked, event.shiftKey));
    else if (target.matches(".tick"))
      target
        .querySelector("input")
        ?.dispatchEvent(new globalThis.MouseEvent("click", { bubbles: true, shiftKey: event.shiftKey }));
    const control = target.closest<HTMLElement>("[data-press]");
    if (!control) return tapped(event);
    if (control instanceof HTMLAnchorElement) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
    }
    onPress?.({ what: control.dataset.press ?? "", row, control });
  }

  return (
    <>
      <style>{sticking(least)}</style>
      <table
        ref={element}
        aria-rowcount={numbers && -1}
        style={rems({ least, good, stuck })}
        data-density={density}
        data-ticks={ticks ? "" : undefined}
        data-dimmed={busy || undefined}
        className="data-table"
      >
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr aria-rowindex={numbers && 1}>
            {ticks && (
              <th scope="col" className="tick">
                <input
                  ref={(box) => {
                    if (box) Object.assign(box, { checked: ticks.page.checked, indeterminate: ticks.page.some });
                  }}
                  type="checkbox"
                  aria-label={ticks.page.label}
                  onChange={({ target }) => ticked(target, ticks.page.onTick(target.checked))}
                />
              </th>
            )}
            {columns.map(({ id, header, look }, place) => (
              <th
                key={id}
                scope="col"
                aria-sort={sorting?.by !== id ? undefined : sorting.descending ? "descending" : "ascending"}
                style={rems({ width: widths[place] })}
                className={cx(look.rowHeader && "stuck", look.cells)}
              >
                {sorting?.columns.includes(id) ? (
                  <button type="button" className="head-sort" onClick={() => sorting.onSort(id)}>
                    <span>{header}</span>
                  </button>
                ) : (
                  <span className={look.hideHeader ? "sr-only" : "head-text"}>{header}</span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody
          data-markup=""
          onClick={hear}
          onKeyDown={(event) => {
            const target = event.target as HTMLElement;
            if (event.key !== "ArrowDown" || target.ariaHasPopup !== "menu") return;
            event.preventDefault();
            target.click();
          }}
        >
          {lines.map(({ id, markup }) => (
            <Line key={id} markup={markup} ticked={ticks?.has(id)} />
          ))}
        </tbody>
      </table>
      {whole}
    </>
  );
}

/** Cells stick only where the table scrolls sideways: a hundred of them that might cost a fifth of what showing all rows costs. */
function sticking(least: number): string {
  return `@container (max-width:${least}rem){.data-table :is(.tick,.stuck,.stuck-end){position:sticky}}`;
}

/** Lengths in rem as properties of the stylesheet: `--width: 7rem`. */
function rems(lengths: Record<string, number | undefined>): CSSProperties {
  return Object.fromEntries(
    Object.entries(lengths).flatMap(([name, length]) => (length === undefined ? [] : [[`--${name}`, `${length}rem`]])),
  );
}
