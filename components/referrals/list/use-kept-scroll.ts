"use client";

import { useEffect, useRef } from "react";

const kept = new Map<string, number>();

/** Known again by Back and Forward alone: another visit to the same address is another entry of the history. */
function historyEntry(): string | null {
  return window.navigation?.currentEntry?.key ?? null;
}

/** Starts each page of a list at its top, and where it was left when Back or Forward leads to it again. */
export function useKeptScroll(page: string) {
  const region = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = region.current;
    const entry = historyEntry();
    if (!element) return;
    element.scrollTop = kept.get(`${entry} ${page}`) ?? 0;
    if (!entry) return;
    const keep = () => kept.set(`${entry} ${page}`, element.scrollTop);
    element.addEventListener("scroll", keep, { passive: true });
    return () => element.removeEventListener("scroll", keep);
  }, [page]);
  return region;
}
