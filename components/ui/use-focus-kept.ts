import { type RefObject, useEffect } from "react";

const reachable = "a[href], button:not(:disabled), input:not(:disabled), select, textarea";

/**
 * Keeps the keyboard's place where a control takes itself away: the focus goes to what stands in its place inside
 * `container`, instead of to the top of the page.
 */
export function useFocusKept(container: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = container.current;
    if (!element) return;
    const controls = () => [...element.querySelectorAll<HTMLElement>(reachable)];
    let last: EventTarget | null = null;
    let place = 0;
    const note = ({ target }: { target: EventTarget | null }) => {
      last = target;
      place = controls().indexOf(target as HTMLElement);
    };
    if (element.contains(document.activeElement)) note({ target: document.activeElement }); // it came before this code
    const leave = ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget instanceof Node && !element.contains(relatedTarget)) last = null;
    };
    const mend = () => {
      if (!(last instanceof HTMLElement) || document.activeElement !== document.body) return;
      if (element.contains(last) && !last.matches(":disabled")) return;
      const left = controls();
      left[Math.min(place, left.length - 1)]?.focus();
    };
    const changes = new MutationObserver(mend);
    changes.observe(element, { childList: true, subtree: true, attributeFilter: ["disabled"] });
    element.addEventListener("focusin", note);
    element.addEventListener("focusout", leave);
    return () => {
      changes.disconnect();
      element.removeEventListener("focusin", note);
      element.removeEventListener("focusout", leave);
    };
  }, [container]);
}
