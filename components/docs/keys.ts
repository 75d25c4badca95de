import { useSyncExternalStore } from "react";
import type { KeyKind } from "@/lib/keys/rules";

// Keys that somebody tries the API with, for as long as the page is open: no storage, no cookie, no address holds them.
const keys: Record<KeyKind, string> = { integration: "", management: "" };
const listeners = new Set<() => void>();

function subscribe(changed: () => void) {
  listeners.add(changed);
  return () => void listeners.delete(changed);
}

function setKey(kind: KeyKind, key: string): void {
  keys[kind] = key;
  for (const changed of listeners) changed();
}

/** The key of a kind that all forms of the page send, and what changes it. */
export function useKey(kind: KeyKind): [string, (key: string) => void] {
  const key = useSyncExternalStore(
    subscribe,
    () => keys[kind],
    () => "",
  );
  return [key, (next) => setKey(kind, next)];
}
