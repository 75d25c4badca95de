import { type RefObject, useEffect } from "react";
import { formatDistance } from "@/lib/format";

/** How long words of how far away a moment is are left, in milliseconds: they tell minutes. */
const pause = 30_000;

/**
 * Goes on telling how far away the moments of an open list are, as of now; the rows came with it as of when they were read.
 * Written to the elements, since the rows shall not be drawn again for it.
 */
export function useDistances(region: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const tell = () => {
      const now = new Date();
      for (const time of region.current?.querySelectorAll<HTMLTimeElement>("time[data-away]") ?? []) {
        const away = formatDistance(new Date(time.dateTime), now);
        if (time.dataset.away !== away) time.dataset.away = away;
      }
    };
    const timer = setInterval(tell, pause);
    document.addEventListener("visibilitychange", tell);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tell);
    };
  }, [region]);
}
