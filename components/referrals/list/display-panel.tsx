"use client";

import { ArrowDown, ArrowUp, GripVertical } from "lucide-react";
import { type RefObject, use, useRef } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import PopoverPopup from "@/components/ui/popover-popup";
import { Segmented } from "@/components/ui/segmented";
import { shortcuts } from "@/components/ui/shortcuts";
import { useFocusKept } from "@/components/ui/use-focus-kept";
import type { AttributeTitle } from "@/lib/attributes/titles";
import type { ColumnId, Density, ReferralList } from "@/lib/referrals/list/search-params";
import { columnName } from "./column-names";
import { live } from "./live-setting";
import { useColumnDrag } from "./use-column-drag";
import type { ListTable } from "./use-list-table";

type DisplayPanelProps = {
  open: boolean;
  anchor: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
  list: ReferralList;
  titles: readonly AttributeTitle[];
  table: ListTable;
  onChange: (part: Partial<ReferralList>) => void;
};

/**
 * The panel of the columns: at first the shown ones in their order, then those that could be shown. What is ticked or
 * unticked stays in its place, so that the next one is beside it.
 */
export default function DisplayPanel({ open, anchor, onClose, list, titles, table, onChange }: DisplayPanelProps) {
  const panel = useRef<HTMLDivElement>(null);
  useFocusKept(panel);
  const keys = shortcuts.useIsOn();
  const told = live.useIsOn();
  const columns = use(table.load()).renew(table.now);
  const choices = columns.getAllLeafColumns();
  const order = choices.map(({ id }) => id as ColumnId);
  const visible = choices.filter((column) => column.getIsVisible());
  const dragging = useColumnDrag(order, columns.setColumnOrder);
  const move = (id: ColumnId, by: -1 | 1) => {
    const at = visible.findIndex((column) => column.id === id) + by;
    const beside = visible[at];
    if (!beside?.getCanHide()) return;
    const others = order.filter((other) => other !== id);
    const place = others.indexOf(beside.id as ColumnId) + (by === 1 ? 1 : 0);
    columns.setColumnOrder([...others.slice(0, place), id, ...others.slice(place)]);
    announce(`${nameOf(id)} is column ${at + 1} of ${visible.length}`);
  };
  const nameOf = (id: ColumnId) => columnName(titles, id);
  return (
    <PopoverPopup open={open} onClose={onClose} anchor={anchor} title="Columns and rows" hideTitle>
      <div ref={panel} className="flex w-72 max-w-full flex-col gap-3">
        <Segmented
          name="density"
          label="Rows"
          value={list.density}
          onValueChange={(density) => onChange({ density: density as Density })}
          options={[
            { value: "comfortable", label: "Comfortable" },
            { value: "compact", label: "Compact" },
          ]}
        />
        <div>
          <p className="mb-1 font-medium">Columns</p>
          <ul aria-label="Columns" className="-m-1 flex max-h-[min(21.5rem,50dvh)] flex-col overflow-y-auto p-1">
            {dragging.order.map((id) => {
              const column = columns.getColumn(id);
              const on = column?.getIsVisible() ?? false;
              const movable = on && column?.getCanHide();
              return (
                <li
                  key={id}
                  {...(movable && dragging.handlers(id))}
                  className="flex min-h-7.5 shrink-0 items-center gap-1 data-dragged:bg-selected forced-colors:data-dragged:border"
                >
                  <Checkbox
                    className="flex-1"
                    label={nameOf(id)}
                    checked={on}
                    disabled={!column?.getCanHide()}
                    onChange={() => column?.toggleVisibility()}
                  />
                  {movable && (
                    <>
                      <GripVertical
                        aria-hidden="true"
                        className="size-4 cursor-grab text-faint pointer-coarse:hidden"
                      />
                      <IconButton
                        label={`Move ${nameOf(id)} up`}
                        aria-disabled={visible[1]?.id === id || undefined}
                        className="aria-disabled:opacity-40"
                        onClick={() => move(id, -1)}
                      >
                        <ArrowUp aria-hidden="true" className="size-4" />
                      </IconButton>
                      <IconButton
                        label={`Move ${nameOf(id)} down`}
                        aria-disabled={visible.at(-1)?.id === id || undefined}
                        className="aria-disabled:opacity-40"
                        onClick={() => move(id, 1)}
                      >
                        <ArrowDown aria-hidden="true" className="size-4" />
                      </IconButton>
                    </>
                  )}
                </li>
              );
            })}
          </ul>
        </div>
        <div className="border-t pt-2">
          <Checkbox
            label="Tell redemptions and new codes as they come"
            checked={told}
            onChange={(event) => live.turn(event.target.checked)}
          />
          <Checkbox
            label="Single keys work here; ? tells them"
            checked={keys}
            onChange={(event) => shortcuts.turn(event.target.checked)}
          />
        </div>
        <div className="flex justify-end">
          <Button
            variant="quiet"
            disabled={list.columns === null && list.density === "comfortable"}
            onClick={() => onChange({ columns: null, density: "comfortable" })}
          >
            Reset
          </Button>
        </div>
      </div>
    </PopoverPopup>
  );
}
