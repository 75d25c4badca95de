"use client";

import { type RefObject, useEffect } from "react";
import { isLive } from "./live-setting";
import type { Live, LivePart, ReferralItem } from "./rows";

/** How often an open list asks, in milliseconds; nobody asks for a page in the background. */
const pause = 5000;

type Props = {
  path: string;
  items: ReferralItem[];
  region: RefObject<HTMLElement | null>;
  /** Stable between renders. */
  onChange: (live: Live) => void;
};

/**
 * Keeps what redemptions change in the rows of an open list. Rows neither come nor go nor move, and the one that has the focus is left
 * alone, because it would lose it.
 */
export default function LiveParts({ path, items, region, onChange }: Props) {
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    let told: Record<string, LivePart> = {};
    const ask = async () => {
      clearTimeout(timer);
      const found = document.hidden || !isLive() ? null : await read(path, stop.signal);
      if (stop.signal.aborted) return;
      const focused = focusedRow(region.current);
      const changed = items.filter(({ id }, place) => found?.[id] && place !== focused && isOther(found[id], told[id]));
      if (found && changed.length > 0) {
        told = { ...told, ...Object.fromEntries(changed.map(({ id }) => [id, found[id] as LivePart])) };
        onChange({ of: items, parts: told });
      }
      timer = setTimeout(ask, pause);
    };
    told = Object.fromEntries(items.map(({ id, status, redemptions, share }) => [id, { status, redemptions, share }]));
    document.addEventListener("visibilitychange", ask, { signal: stop.signal });
    timer = setTimeout(ask, pause);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [path, items, region, onChange]);
  return null;
}

function isOther(found: LivePart, told: LivePart | undefined): boolean {
  return found.redemptions !== told?.redemptions || found.status !== told.status;
}

/** The place of the row that has the focus, from 0; -1 where none has. */
function focusedRow(region: HTMLElement | null): number {
  return [...(region?.querySelectorAll("tbody tr") ?? [])].findIndex((row) => row.contains(document.activeElement));
}

async function read(path: string, signal: AbortSignal): Promise<Record<string, LivePart> | null> {
  try {
    const response = await fetch(path, { signal });
    return response.ok ? await response.json() : null;
  } catch {
    return null; // asked again in a moment
  }
}
