"use client";

import { useRouter } from "next/navigation";
import { type RefObject, startTransition, useEffect, useState } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { withBase } from "@/lib/base-path";
import { formatCount } from "@/lib/format";
import type { ReferralList, referralPaths } from "@/lib/referrals/list/search-params";
import { live } from "./live-setting";
import type { Live, LiveAnswer, LivePart, ReferralItem } from "./rows";
import { useDistances } from "./use-distances";

/** How often an open list asks, in milliseconds; nobody asks for a page in the background. */
const pause = 5000;
/** So far the server counts new codes. */
const newerMost = 100;

type Props = {
  paths: ReturnType<typeof referralPaths>;
  list: ReferralList;
  /** When its rows were read. */
  opened: string;
  items: ReferralItem[];
  region: RefObject<HTMLElement | null>;
  /** Stable between renders. */
  onChange: (live: Live) => void;
  go: (href: string, history: "push") => void;
};

/**
 * Keeps what redemptions change in the rows of an open list. Rows neither come nor go nor move, and one that has the focus or an open
 * popup is left alone, because it would lose it. How far away their moments are goes on. Of codes that were made meanwhile it says how many there are, over the list's lower edge.
 */
export default function LiveParts({ paths, list, opened, items, region, onChange, go }: Props) {
  const router = useRouter();
  const path = `${paths.live}?ids=${items.map(({ id }) => id).join()}&opened=${opened}`;
  const [newer, setNewer] = useState({ path, count: 0 });
  useDistances(region);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    let told: Record<string, LivePart> = {};
    const ask = async () => {
      clearTimeout(timer);
      const found = document.hidden || !live.isOn() ? null : await read(path, stop.signal);
      if (stop.signal.aborted) return;
      const drawn = region.current?.querySelector("tbody")?.rows;
      const rows = found?.rows ?? {};
      const changed = items.filter(
        ({ id }, place) => rows[id] && !isHeld(drawn?.[place]) && isOther(rows[id], told[id]),
      );
      if (changed.length > 0) {
        told = { ...told, ...Object.fromEntries(changed.map(({ id }) => [id, rows[id] as LivePart])) };
        onChange({ of: items, parts: told });
      }
      if (found) setNewer({ path, count: found.newer });
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

  const count = newer.path === path ? newer.count : 0;
  const { columns, density, size } = list;
  const newest = paths.list({ columns, density, size });
  const show = () => (paths.list(list) === newest ? startTransition(router.refresh) : go(newest, "push"));
  return (
    <div role="status" className="relative h-0">
      {count > 0 && (
        <p className="absolute inset-x-0 bottom-3 flex justify-center">
          <button type="button" className={buttonClass("primary", "rounded-full shadow-lg")} onClick={show}>
            Show {count < newerMost ? formatCount(count, "new code") : `${newerMost} or more new codes`}
          </button>
        </p>
      )}
    </div>
  );
}

function isOther(found: LivePart, told: LivePart | undefined): boolean {
  return found.redemptions !== told?.redemptions || found.status !== told.status;
}

/** Whether somebody is in a row: it has the focus, or a popup stands beside a part of it. */
function isHeld(row: HTMLElement | undefined): boolean {
  return row !== undefined && (row.contains(document.activeElement) || row.querySelector("[data-opener]") !== null);
}

async function read(path: string, signal: AbortSignal): Promise<LiveAnswer | null> {
  try {
    const response = await fetch(withBase(path), { signal });
    return response.ok ? await response.json() : null;
  } catch {
    return null; // asked again in a moment
  }
}
