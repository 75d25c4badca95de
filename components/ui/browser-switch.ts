import { useSyncExternalStore } from "react";

/**
 * A switch that this browser keeps, and each of its tabs hears of; on at first. Where the browser keeps nothing, it is this page's alone.
 * @param off what is kept while it is off
 */
export function browserSwitch(key: string, off: string) {
  const changed = `referrals-${key}`;
  let here = true;

  function isOn(): boolean {
    try {
      return localStorage.getItem(key) !== off;
    } catch {
      return here;
    }
  }

  function subscribe(listener: () => void): () => void {
    for (const event of [changed, "storage"]) addEventListener(event, listener);
    return () => {
      for (const event of [changed, "storage"]) removeEventListener(event, listener);
    };
  }

  function turn(on: boolean): void {
    here = on;
    try {
      if (on) localStorage.removeItem(key);
      else localStorage.setItem(key, off);
    } catch {
      // kept for this page alone
    }
    dispatchEvent(new Event(changed));
  }

  return { isOn, turn, useIsOn: () => useSyncExternalStore(subscribe, isOn, () => true) };
}
