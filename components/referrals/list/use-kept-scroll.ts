"use client";

import { useEffect, useRef } from "react";

const kept = new Map<string, number>();
let movedInHistory = false;
if (typeof window !== "undefined") {
  window.addEventListener("popstate", () => {
    movedInHistory = true;
  });
}

/** Starts each page of a list at its top, and where it was left when Back or Forward leads to it again. */
export function useKeptScroll(page: string) {
  const region = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = region.current;
    if (!element) return;
    element.scrollTop = movedInHistory ? (kept.get(page) ?? 0) : 0;
    movedInHistory = false;
    const keep = () => kept.set(page, element.scrollTop);
    element.addEventListener("scroll", keep, { passive: true });
    return () => element.removeEventListener("scroll", keep);
  }, [page]);
  return region;
}
