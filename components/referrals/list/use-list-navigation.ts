"use client";

import { useRouter } from "next/navigation";
import { useCallback, useLayoutEffect, useOptimistic, useRef, useTransition } from "react";
import type { ReferralList } from "@/lib/referrals/list/search-params";

type History = "push" | "replace";

/**
 * Goes to other pages of the list while the rows that are shown stay. `busy` until the newest of them has arrived;
 * one that was asked for earlier is dropped. `asked` is the list as it was last asked for, on its way or here; `change`
 * goes on from there, so that quick changes add up.
 */
export function useListNavigation(list: ReferralList, pathOf: (list: ReferralList) => string) {
  const router = useRouter();
  const [busy, startTransition] = useTransition();
  const [underway, setUnderway] = useOptimistic<ReferralList | null>(null);
  const asked = underway ?? list;
  const latest = useRef(asked);
  useLayoutEffect(() => {
    latest.current = asked; // for what was begun earlier: a search that waits for the next letter
  });
  const go = useCallback(
    (href: string, history: History, next: ReferralList | null = null) => {
      startTransition(() => {
        setUnderway(next);
        router[history](href, { scroll: false });
      });
    },
    [router, setUnderway],
  );
  const change = (part: Partial<ReferralList>, history: History = "replace") => {
    const next = { ...latest.current, ...part };
    latest.current = next;
    go(pathOf(next), history, next);
  };
  return { busy, asked, change, go };
}
