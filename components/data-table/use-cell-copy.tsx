"use client";

import { type ReactNode, useCallback, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { announce } from "@/components/ui/announce";
import { copyText } from "@/components/ui/clipboard";
import { latePart } from "@/components/ui/late-part";

const CopyFallback = latePart("The text to copy", () => import("@/components/ui/copy-fallback"), { corner: true });

const shownFor = 2_000;

type Copied = { button: HTMLElement; value: string; label: string; refused: boolean };

/**
 * Copying for all cells of a table. `copy` copies a value and says so in the button that was pressed; `note` is to be
 * rendered beside the table. "Copied" is said only when the clipboard has taken the text; where it is refused or missing (plain http, a
 * policy), the text is shown selected, to be copied by hand.
 */
export function useCellCopy(): {
  copy: (value: string, label: string, button: HTMLElement) => void;
  note: ReactNode;
} {
  const [copied, setCopied] = useState<Copied | null>(null);

  useEffect(() => {
    if (!copied || copied.refused) return;
    const timer = setTimeout(() => setCopied(null), shownFor);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = useCallback(async (value: string, label: string, button: HTMLElement) => {
    try {
      await copyText(value);
      setCopied({ button, value, label, refused: false });
      announce(`Copied ${label}`);
    } catch {
      setCopied({ button, value, label, refused: true });
    }
  }, []);

  const note = copied?.refused ? (
    <CopyFallback
      anchor={{ current: copied.button }}
      value={copied.value}
      label={copied.label}
      onClose={() => setCopied(null)}
    />
  ) : (
    copied && createPortal(<span className="cell-copied">Copied</span>, copied.button)
  );
  return { copy, note };
}
