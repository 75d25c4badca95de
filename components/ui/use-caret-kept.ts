"use client";

import { useLayoutEffect, useState } from "react";

type Caret = [start: number, end: number, direction: "forward" | "backward" | "none"];

/** Where the caret stood when React first came by: it may come more than once before a field is its own. */
const carets = new WeakMap<Element, Caret>();

/** React sets the text of a textarea anew when it takes the page over, which moves the caret of who is in it: it is put back. */
export function useCaretKept(id: string | undefined): void {
  const [field] = useState(() => {
    const field = typeof document === "undefined" ? null : document.activeElement;
    if (id === undefined || field?.id !== id || !(field instanceof HTMLTextAreaElement)) return null;
    if (!carets.has(field)) carets.set(field, [field.selectionStart, field.selectionEnd, field.selectionDirection]);
    return field;
  });
  useLayoutEffect(() => {
    const caret = field && carets.get(field);
    if (!caret) return;
    carets.delete(field);
    field.setSelectionRange(...caret);
  }, [field]);
}
