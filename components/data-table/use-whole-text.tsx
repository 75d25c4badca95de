import { type MouseEvent, useState } from "react";
import { latePart } from "@/components/ui/late-part";

const WholeText = latePart("The whole text", () => import("./whole-text"), { corner: true });

/**
 * Shows the hint of a cell where it is tapped: what a mouse is told by hovering, a whole text or an instant in full.
 * (By keyboard the row's own page says the same.) `whole` is to be rendered beside the table.
 */
export function useWholeText() {
  const [cell, setCell] = useState<HTMLElement | null>(null);
  const tapped = ({ target, nativeEvent }: MouseEvent) => {
    const cell = (target as Element).closest<HTMLElement>("[title]:not(a, button)");
    if (cell && /touch|pen/.test((nativeEvent as PointerEvent).pointerType)) setCell(cell);
  };
  return { tapped, whole: cell && <WholeText cell={cell} onClose={() => setCell(null)} /> };
}
