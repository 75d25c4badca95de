import { startTransition, useEffect, useState } from "react";

/** As many rows as a tall screen shows. */
const firstScreen = 18;
/** How long after them the others are drawn, in milliseconds: rows that the next key replaces are never drawn. */
const rest = 100;

/**
 * How many of a page's `count` rows to draw: at first what a screen shows, all of them a moment later. What is below the
 * screen is half of the work until rows are seen. @param page what tells this page of rows from others
 */
export function useFirstRows(page: string, count: number): number {
  const [complete, setComplete] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => startTransition(() => setComplete(page)), rest);
    return () => clearTimeout(timer);
  }, [page]);
  return complete === page ? count : Math.min(count, firstScreen);
}
