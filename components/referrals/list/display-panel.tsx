"use client";

import { ArrowDown, ArrowUp, GripVertical } from "lucide-react";
import { type RefObject, useRef } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import PopoverPopup from "@/components/ui/popover-popup";
import { Segmented } from "@/components/ui/segmented";
import { switchShortcuts, useShortcuts } from "@/components/ui/shortcuts";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import {
  type ColumnId,
  columnIds,
  type Density,
  defaultColumns,
  type ReferralList,
} from "@/lib/referrals/search-params";
import { columnName, shownColumns } from "./column-names";
import { useColumnDrag } from "./use-column-drag";

type DisplayPanelProps = {
  open: boolean;
  anchor: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
  list: ReferralList;
  attributes: AttributeDefinition[] | null;
  onChange: (list: ReferralList) => void;
};

/** The panel of the columns: ticked ones first, in their order, then those that could be shown. */
export default function DisplayPanel({ open, anchor, onClose, list, attributes, onChange }: DisplayPanelProps) {
  const rows = useRef<HTMLUListElement>(null);
  const keys = useShortcuts();
  const dragging = useColumnDrag(shownColumns(list.columns), (columns) => show(columns));
  const shown = dragging.order;
  const known: ColumnId[] = [...columnIds, ...(attributes ?? []).map(({ name }) => `attr.${name}` as const)];
  const hidden = known.filter((id) => !shown.includes(id));
  const show = (columns: ColumnId[]) =>
    onChange({ ...list, columns: columns.join() === defaultColumns.join() ? null : columns });
  const move = (id: ColumnId, by: -1 | 1) => {
    const from = shown.indexOf(id);
    const others = shown.filter((other) => other !== id);
    show([...others.slice(0, from + by), id, ...others.slice(from + by)]);
    announce(`${columnName(id)} is column ${from + by + 1} of ${shown.length}`);
  };
  return (
    <PopoverPopup open={open} onOpenChange={onClose} anchor={anchor} title="Columns and rows" hideTitle>
      <div className="flex w-72 max-w-full flex-col gap-3">
        <Segmented
          name="density"
          label="Rows"
          value={list.density}
          onValueChange={(density) => onChange({ ...list, density: density as Density })}
          options={[
            { value: "comfortable", label: "Comfortable" },
            { value: "compact", label: "Compact" },
          ]}
        />
        <div>
          <p className="mb-1 font-medium">Columns</p>
          <ul ref={rows} aria-label="Columns" className="flex max-h-[min(22rem,50dvh)] flex-col overflow-y-auto">
            {shown.map((id, index) => (
              <li
                key={id}
                {...(id !== "code" && dragging.handlers(id))}
                className="flex min-h-7.5 items-center gap-1 data-dragged:bg-selected"
              >
                <Checkbox
                  className="flex-1"
                  label={columnName(id)}
                  checked
                  disabled={id === "code"}
                  onChange={() => show(shown.filter((other) => other !== id))}
                />
                {id !== "code" && (
                  <>
                    <GripVertical aria-hidden="true" className="size-4 cursor-grab text-faint pointer-coarse:hidden" />
                    <IconButton
                      label={`Move ${columnName(id)} up`}
                      aria-disabled={index === 1 || undefined}
                      className="aria-disabled:opacity-40"
                      onClick={() => index > 1 && move(id, -1)}
                    >
                      <ArrowUp aria-hidden="true" className="size-4" />
                    </IconButton>
                    <IconButton
                      label={`Move ${columnName(id)} down`}
                      aria-disabled={index === shown.length - 1 || undefined}
                      className="aria-disabled:opacity-40"
                      onClick={() => index < shown.length - 1 && move(id, 1)}
                    >
                      <ArrowDown aria-hidden="true" className="size-4" />
                    </IconButton>
                  </>
                )}
              </li>
            ))}
            {hidden.map((id) => (
              <li key={id} className="flex min-h-7.5 items-center">
                <Checkbox label={columnName(id)} checked={false} onChange={() => show([...shown, id])} />
              </li>
            ))}
          </ul>
        </div>
        <Checkbox
          label="Single keys work here; ? tells them"
          checked={keys}
          onChange={(event) => switchShortcuts(event.target.checked)}
        />
        <div className="flex justify-end">
          <Button
            variant="quiet"
            disabled={list.columns === null && list.density === "comfortable"}
            onClick={() => onChange({ ...list, columns: null, density: "comfortable" })}
          >
            Reset
          </Button>
        </div>
      </div>
    </PopoverPopup>
  );
}
