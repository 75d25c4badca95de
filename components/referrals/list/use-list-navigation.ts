"use client";

import { useRouter } from "next/navigation";
import { startTransition, useCallback, useLayoutEffect, useOptimistic, useRef, useState } from "react";
import type { ReferralList } from "@/lib/referrals/list/search-params";

type History = "push" | "replace";

/** How long rows may be on their way before that is shown, in milliseconds: what is there at once needs no mark, which would be drawn first. */
const patience = 150;

/**
 * Goes to other pages of the list while the rows that are shown stay. `busy` once the newest of them has been on its way for a
 * while; one that was asked for earlier is dropped. `asked` is the list as it was last asked for, on its way or here; `change`
 * goes on from there, so that quick changes add up.
 */
export function useListNavigation(list: ReferralList, pathOf: (list: ReferralList) => string) {
  const router = useRouter();
  // Navigations are counted: the one that is shown came with its page. `useTransition` would draw all of this once more for each.
  const [shown, setShown] = useState(0);
  const [late, setLate] = useState(0);
  const [underway, setUnderway] = useOptimistic<ReferralList | null>(null);
  const asked = underway ?? list;
  const latest = useRef({ asked, shown, underway, turn: 0 });
  useLayoutEffect(() => {
    Object.assign(latest.current, { asked, shown, underway }); // for what was begun earlier: a search that waits for the next letter
  });
  const go = useCallback(
    (href: string, history: History, next: ReferralList | null = null) => {
      latest.current.turn += 1;
      const { turn, underway: before } = latest.current;
      startTransition(() => {
        if (next !== before) setUnderway(next);
        setShown(turn);
        router[history](href, { scroll: false });
      });
      setTimeout(() => {
        if (latest.current.shown < turn) setLate(turn);
      }, patience);
    },
    [router, setUnderway],
  );
  const change = (part: Partial<ReferralList>, history: History = "replace") => {
    const next = { ...latest.current.asked, ...part };
    latest.current.asked = next;
    go(pathOf(next), history, next);
  };
  return { busy: late > shown, asked, change, go };
}
