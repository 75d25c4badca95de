/** Known again by Back and Forward alone: another visit to the same address is another entry of the history. */
export function historyEntry(): string | null {
  return globalThis.window?.navigation?.currentEntry?.key ?? null;
}
