import { type ReactNode, type RefObject, useEffect, useState } from "react";
import { latePart } from "@/components/ui/late-part";

const WholeText = latePart("The whole text", () => import("./whole-text"), { corner: true });

/**
 * Shows the hint of a cell where it is tapped: what a mouse is told by hovering, a whole text or an instant in full.
 * (By keyboard the row's own page says the same.) Gives what is to be rendered beside the table.
 */
export function useWholeText(region: RefObject<HTMLElement | null>): ReactNode {
  const [cell, setCell] = useState<HTMLElement | null>(null);
  useEffect(() => {
    const element = region.current;
    const tapped = (event: MouseEvent) => {
      const cell = (event.target as Element).closest<HTMLElement>("[title]:not(a, button)");
      if (cell && /touch|pen/.test((event as PointerEvent).pointerType)) setCell(cell);
    };
    element?.addEventListener("click", tapped);
    return () => element?.removeEventListener("click", tapped);
  }, [region]);
  return cell && <WholeText cell={cell} onClose={() => setCell(null)} />;
}
