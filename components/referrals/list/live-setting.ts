import { useSyncExternalStore } from "react";

const key = "live-redemptions";
const changed = "referrals-live";
let here = true;

/** Whether open lists tell redemptions as they come; paused for this browser, or for this page where it keeps nothing. */
export function isLive(): boolean {
  try {
    return localStorage.getItem(key) !== "paused";
  } catch {
    return here;
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

export function useLive(): boolean {
  return useSyncExternalStore(subscribe, isLive, () => true);
}

/** Pauses the counts of open lists, or lets them go on. */
export function switchLive(on: boolean): void {
  here = on;
  try {
    if (on) localStorage.removeItem(key);
    else localStorage.setItem(key, "paused");
  } catch {
    // kept for this page alone
  }
  dispatchEvent(new Event(changed));
}
