"use client";

import { type ReactNode, type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import { latePart } from "@/components/ui/late-part";
import { useSingleKeys } from "@/components/ui/shortcuts";
import { toast } from "@/components/ui/toast";
import type { RowDeeds } from "./row-keys";
import type { ReferralItem } from "./rows";

const KeysDialog = latePart("The list of keys", () => import("./keys-dialog"), { corner: true });

/**
 * Single keys for the rows of the list in `region`: move, select, copy, edit, and `?`, which tells them. What they do is
 * loaded by the first of them. Gives what they open, to be rendered beside the table.
 */
export function useRowKeys(region: RefObject<HTMLElement | null>, items: ReferralItem[], deeds: RowDeeds): ReactNode {
  const [asked, setAsked] = useState(false);
  const shown = useRef({ items, deeds });
  useLayoutEffect(() => {
    shown.current = { items, deeds };
  });
  useSingleKeys(
    useCallback(
      ({ key }) => {
        if (key === "?") setAsked(true);
        else if (/^[jkxcle]$/i.test(key))
          import("./row-keys").then(
            ({ pressed }) => pressed(key, region.current, shown.current.items, shown.current.deeds),
            () => toast.error("The keys could not be loaded. Press again."),
          );
      },
      [region],
    ),
  );
  return asked && <KeysDialog onClose={() => setAsked(false)} />;
}
