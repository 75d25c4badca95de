import { lazy, type ReactNode, type RefObject, Suspense, useEffect, useState } from "react";

const PopoverPopup = lazy(() => import("@/components/ui/popover-popup"));

/**
 * Shows the hint of a cell where it is tapped: what a mouse is told by hovering, a whole text or an instant in full.
 * (By keyboard the row's own page says the same.) Gives what is to be rendered beside the table.
 */
export function useWholeText(region: RefObject<HTMLElement | null>): ReactNode {
  const [cell, setCell] = useState<HTMLElement | null>(null);
  useEffect(() => {
    const element = region.current;
    const tapped = (event: MouseEvent) => {
      const target = event.target instanceof Element ? event.target.closest<HTMLElement>("[title]") : null;
      const mouse = !(event instanceof PointerEvent) || event.pointerType === "mouse";
      if (target && !mouse && !target.matches("a, button")) setCell(target);
    };
    element?.addEventListener("click", tapped);
    return () => element?.removeEventListener("click", tapped);
  }, [region]);
  return (
    cell && (
      <Suspense fallback={null}>
        <PopoverPopup open onOpenChange={() => setCell(null)} anchor={{ current: cell }} title="In full" hideTitle>
          <p className="max-h-[50dvh] overflow-y-auto whitespace-pre-wrap [overflow-wrap:anywhere]">{cell.title}</p>
        </PopoverPopup>
      </Suspense>
    )
  );
}
