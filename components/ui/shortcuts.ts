"use client";

import { useEffect, useSyncExternalStore } from "react";

const key = "shortcuts";
const changed = "referrals-shortcuts";

function read(): boolean {
  try {
    return localStorage.getItem(key) !== "off";
  } catch {
    return true; // storage is refused: nobody can have switched them off
  }
}

function subscribe(listener: () => void): () => void {
  addEventListener(changed, listener);
  addEventListener("storage", listener);
  return () => {
    removeEventListener(changed, listener);
    removeEventListener("storage", listener);
  };
}

/** Whether single keys do something. People who dictate, or whose hand slips, can switch them off in this browser. */
export function useShortcuts(): boolean {
  return useSyncExternalStore(subscribe, read, () => true);
}

export function switchShortcuts(on: boolean): void {
  try {
    if (on) localStorage.removeItem(key);
    else localStorage.setItem(key, "off");
  } catch {
    return;
  }
  dispatchEvent(new Event(changed));
}

// A box to tick takes no text, so single keys are heard there too.
const writing = "input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=menu], dialog";

/** Whether a key was pressed alone where nothing is typed, and single keys are on. */
export function isSingleKey({ ctrlKey, metaKey, altKey, isComposing, target }: KeyboardEvent): boolean {
  return (
    read() && !ctrlKey && !metaKey && !altKey && !isComposing && !(target instanceof Element && target.closest(writing))
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
