"use client";

import { useEffect, useRef } from "react";
import { historyEntry } from "./history-entry";

interface Place {
  top: number;
  /** The code of the row that had the focus. */
  row: string | null;
}

const kept = new Map<string, Place>();
// Rows below the screen are drawn last, and on narrow screens they are not of one height; until then the place moves.
const settled = 500;

/** Starts each page of a list at its top, and where it was left, with its row in focus, when Back or Forward leads to it again. */
export function useKeptScroll(page: string) {
  const region = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = region.current;
    const entry = historyEntry();
    if (!element) return;
    const key = `${entry} ${page}`;
    const place = { ...(kept.get(key) ?? { top: 0, row: null }) };
    const restore = () => {
      element.scrollTop = place.top;
      if (place.row === null || document.activeElement !== document.body) return;
      element
        .querySelector<HTMLElement>(`.cell-copy[value="${CSS.escape(place.row)}"]`)
        ?.focus({ preventScroll: true });
    };
    restore();
    if (!entry) return;
    const stop = new AbortController();
    const growing = new MutationObserver(restore);
    if (place.top > 0) growing.observe(element, { childList: true, subtree: true });
    const settle = () => growing.disconnect();
    const timer = setTimeout(settle, settled);
    for (const moved of ["wheel", "touchmove", "pointerdown", "keydown"])
      element.addEventListener(moved, settle, { passive: true, signal: stop.signal });
    const keep = () => kept.set(key, { ...place });
    element.addEventListener(
      "scroll",
      () => {
        place.top = element.scrollTop;
        keep();
      },
      { passive: true, signal: stop.signal },
    );
    element.addEventListener(
      "focusin",
      ({ target }) => {
        const code =
          target instanceof Element ? target.closest("tr")?.querySelector<HTMLButtonElement>(".cell-copy") : null;
        place.row = code?.value ?? null;
        keep();
      },
      { signal: stop.signal },
    );
    return () => {
      clearTimeout(timer);
      settle();
      stop.abort();
    };
  }, [page]);
  return region;
}
