import { type DragEvent, useState } from "react";
import type { ColumnId } from "@/lib/referrals/list/search-params";

/**
 * Moving columns with the mouse; buttons do the same without one. `order` is how they would stand if the dragged one were
 * dropped here; `onDrop` gets that order.
 */
export function useColumnDrag(columns: ColumnId[], onDrop: (columns: ColumnId[]) => void) {
  // after the drop the order stays until the address, which takes a moment, has it
  const [drag, setDrag] = useState<{ id: ColumnId | null; from: string; order: ColumnId[] } | null>(null);
  const handlers = (id: ColumnId) => ({
    draggable: true,
    "data-dragged": drag?.id === id ? "" : undefined,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.setData("text/plain", id); // without data some browsers drag nothing
      event.dataTransfer.effectAllowed = "move";
      setDrag({ id, from: columns.join(), order: columns });
    },
    onDragEnter: () => {
      const moved = drag?.id;
      if (!drag || !moved || moved === id) return;
      const to = drag.order.indexOf(id);
      const others = drag.order.filter((other) => other !== moved);
      setDrag({ ...drag, order: [...others.slice(0, to), moved, ...others.slice(to)] });
    },
    onDragOver: (event: DragEvent) => event.preventDefault(),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      if (!drag) return;
      setDrag({ ...drag, id: null });
      onDrop(drag.order);
    },
    onDragEnd: () => setDrag((now) => (now?.id === null ? now : null)),
  });
  return { order: drag?.from === columns.join() ? drag.order : columns, handlers };
}
