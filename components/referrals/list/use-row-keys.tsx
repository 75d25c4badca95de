"use client";

import { lazy, type ReactNode, type RefObject, Suspense, useCallback, useState } from "react";
import { useSingleKeys } from "@/components/ui/shortcuts";

const KeysDialog = lazy(() => import("./keys-dialog"));

/**
 * Single keys for the rows of the list in `region`: move, select, copy, edit, and `?`, which tells them. What they do is
 * loaded by the first of them. Gives what they open, to be rendered beside the table.
 */
export function useRowKeys(region: RefObject<HTMLElement | null>, edit: (id: string) => void): ReactNode {
  const [asked, setAsked] = useState(false);
  useSingleKeys(
    useCallback(
      ({ key }) => {
        if (key === "?") setAsked(true);
        else if (/^[jkxce]$/i.test(key))
          void import("./row-keys").then(({ pressed }) => pressed(key, region.current, edit));
      },
      [region, edit],
    ),
  );
  if (!asked) return null;
  return (
    <Suspense fallback={null}>
      <KeysDialog onClose={() => setAsked(false)} />
    </Suspense>
  );
}
