"use client";

import { useLayoutEffect, useState } from "react";

interface Kept {
  value: string;
  caret: [start: number, end: number, direction: "forward" | "backward" | "none"];
}

/** How a field was found when React first came by: it may come more than once before the field is its own. */
const found = new WeakMap<Element, Kept>();

/**
 * React sets the text of a textarea anew when it takes the page over: what somebody who is in it has typed by then is put back, and
 * the caret where it was. React learns of the text by `keepEarly`.
 */
export function useCaretKept(id: string | undefined): void {
  const [field] = useState(() => {
    const field = typeof document === "undefined" ? null : document.activeElement;
    if (id === undefined || field?.id !== id || !(field instanceof HTMLTextAreaElement)) return null;
    const { value, selectionStart, selectionEnd, selectionDirection } = field;
    if (!found.has(field)) found.set(field, { value, caret: [selectionStart, selectionEnd, selectionDirection] });
    return field;
  });
  useLayoutEffect(() => {
    const kept = field && found.get(field);
    if (!kept) return;
    found.delete(field);
    // by the browser's own setter, as if it had been typed
    if (field.value !== kept.value) Reflect.set(HTMLTextAreaElement.prototype, "value", kept.value, field);
    field.setSelectionRange(...kept.caret);
  }, [field]);
}
