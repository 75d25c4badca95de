"use client";

import { useSyncExternalStore } from "react";

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
