"use client";

import { useEffect, useRef } from "react";
import { historyEntry } from "./history-entry";

interface Place {
  top: number;
  /** Which row had the focus: the code that its header says. */
  row: string | null;
}

const kept = new Map<string, Place>();

/** Starts each page of a list at its top, and where it was left, with its row in focus, when Back or Forward leads to it again. */
export function useKeptScroll(page: string) {
  const region = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = region.current;
    const entry = historyEntry();
    if (!element) return;
    const key = `${entry} ${page}`;
    const place = { ...(kept.get(key) ?? { top: 0, row: null }) };
    element.scrollTop = place.top;
    if (place.row !== null && document.activeElement === document.body)
      [...element.querySelectorAll<HTMLElement>("tbody th button")]
        .find(({ textContent }) => textContent === place.row)
        ?.focus({ preventScroll: true });
    if (!entry) return;
    const stop = new AbortController();
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
        place.row = (target as Element).closest("tr")?.querySelector("tbody th button")?.textContent ?? null;
        keep();
      },
      { signal: stop.signal },
    );
    return () => stop.abort();
  }, [page]);
  return region;
}
