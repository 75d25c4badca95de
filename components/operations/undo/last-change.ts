import { isSingleKey } from "@/components/ui/shortcuts";

/** Undoes the latest change of this tab; null where there was none. */
let undoLatest: (() => Promise<void>) | null = null;
let undoing = false;
let listening = false;

/** Remembers how the latest change of this tab is undone, which the key `z` does from now on. */
export function rememberChange(undo: () => Promise<void>): void {
  undoLatest = undo;
  listenForUndo();
}

/** Has `z` press the Undo of the row that has the focus, or else undo the latest change of this tab. */
export function listenForUndo(): void {
  if (listening) return;
  listening = true;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "z" || event.repeat || !isSingleKey(event)) return;
    const row = event.target instanceof Element ? event.target.closest("tr") : null;
    const button = row?.querySelector<HTMLButtonElement>("[data-undo]");
    if (button?.checkVisibility()) return button.click();
    if (undoing || !undoLatest) return;
    undoing = true;
    void undoLatest().finally(() => {
      undoing = false;
    });
  });
}
