"use client";

import { useEffect, useRef } from "react";

const kept = new Map<string, number>();
let reachedByHistory = "";
if (typeof window !== "undefined") {
  // Captured, so that it is known before the router's own listener draws the page.
  const remember = () => {
    reachedByHistory = location.pathname + location.search;
  };
  window.addEventListener("popstate", remember, { capture: true });
}

/** Starts each page of a list at its top, and where it was left when Back or Forward leads to it again. */
export function useKeptScroll(page: string) {
  const region = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = region.current;
    if (!element) return;
    element.scrollTop = reachedByHistory === page ? (kept.get(page) ?? 0) : 0;
    reachedByHistory = "";
    const keep = () => kept.set(page, element.scrollTop);
    element.addEventListener("scroll", keep, { passive: true });
    return () => element.removeEventListener("scroll", keep);
  }, [page]);
  return region;
}
