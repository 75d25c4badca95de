"use client";

import { useRouter } from "next/navigation";
import { useCallback, useTransition } from "react";

/**
 * Goes to other pages of the list while the rows that are shown stay. `busy` until the newest of them has arrived;
 * one that was asked for earlier is dropped.
 */
export function useListNavigation() {
  const router = useRouter();
  const [busy, startTransition] = useTransition();
  const go = useCallback(
    (href: string, history: "push" | "replace") => {
      startTransition(() => router[history](href, { scroll: false }));
    },
    [router],
  );
  return { busy, go };
}
