"use client";

import { useEffect, useRef } from "react";

const key = "typed";

/**
 * Keeps what is typed over a reload of the page, in this tab alone, as far as the browser has room for it: `restore` gets it
 * back when the page was reloaded. Nothing is kept while `dirty` is false, nor for another address.
 */
export function useKeptInput<Input>(input: Input, dirty: boolean, restore: (kept: Input) => void): void {
  const latest = useRef({ input, dirty, restore });
  useEffect(() => {
    latest.current = { input, dirty, restore };
  });
  useEffect(() => {
    const at = location.pathname + location.search;
    const kept = takeKept(at);
    if (kept !== null) latest.current.restore(kept as Input);
    const keep = () => {
      const { input, dirty } = latest.current;
      if (!dirty) return;
      try {
        sessionStorage.setItem(key, JSON.stringify({ at, input }));
      } catch {
        // Refused, or too large: the browser has asked before the page was left.
      }
    };
    addEventListener("pagehide", keep);
    return () => removeEventListener("pagehide", keep);
  }, []);
}

function takeKept(at: string): unknown {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
    sessionStorage.removeItem(key);
    const [opened] = performance.getEntriesByType("navigation");
    const reloaded = opened instanceof PerformanceNavigationTiming && opened.type === "reload";
    return reloaded && kept?.at === at ? kept.input : null;
  } catch {
    return null;
  }
}

/** What was kept of a form, as far as this build's form has it: fields of the same name and kind. */
export function sameFields<Form extends object>(blank: Form, kept: Partial<Form>): Form {
  const same = (Object.keys(blank) as (keyof Form)[]).filter((name) => typeof kept[name] === typeof blank[name]);
  return { ...blank, ...Object.fromEntries(same.map((name) => [name, kept[name]])) };
}
