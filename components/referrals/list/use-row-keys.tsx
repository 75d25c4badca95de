"use client";

import { type ReactNode, type RefObject, useCallback, useState } from "react";
import { latePart } from "@/components/ui/late-part";
import { useSingleKeys } from "@/components/ui/shortcuts";
import { toast } from "@/components/ui/toast";

const KeysDialog = latePart("The list of keys", () => import("./keys-dialog"), { corner: true });

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
          import("./row-keys").then(
            ({ pressed }) => pressed(key, region.current, edit),
            () => toast.error("The keys could not be loaded. Press again."),
          );
      },
      [region, edit],
    ),
  );
  return asked && <KeysDialog onClose={() => setAsked(false)} />;
}
