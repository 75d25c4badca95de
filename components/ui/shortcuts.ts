"use client";

import { useEffect } from "react";
import { browserSwitch } from "./browser-switch";

/** Whether single keys do something. People who dictate, or whose hand slips, can switch them off in this browser. */
export const shortcuts = browserSwitch("shortcuts", "off");

// A box to tick takes no text, so single keys are heard there too.
const writing = "input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=menu], dialog";

/** Whether a key was pressed alone where nothing is typed, and single keys are on. */
export function isSingleKey({ ctrlKey, metaKey, altKey, isComposing, target }: KeyboardEvent): boolean {
  return (
    shortcuts.isOn() &&
    !ctrlKey &&
    !metaKey &&
    !altKey &&
    !isComposing &&
    !(target instanceof Element && target.closest(writing))
  );
}

/**
 * Calls `onKey` for every key that is pressed alone where nothing is typed; `onKey` is stable between renders. Not at all
 * where single keys are switched off.
 */
export function useSingleKeys(onKey: (event: KeyboardEvent) => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (isSingleKey(event)) onKey(event);
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [onKey]);
}
