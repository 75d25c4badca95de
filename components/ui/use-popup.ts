"use client";

import { useRef, useState } from "react";

/** State of a button whose popup is fetched on first use: nothing of it is loaded until `wanted`. */
export function usePopup() {
  const anchor = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  return {
    anchor,
    open,
    wanted,
    show() {
      setWanted(true);
      setOpen(true);
    },
    hide: () => setOpen(false),
    toggle() {
      setWanted(true);
      setOpen((before) => !before);
    },
  };
}

/** Whether a press outside the popup was on its own button, which toggles it by itself. */
export function isOwnButton(event: Event, anchor: { current: HTMLElement | null }): boolean {
  return event.target instanceof Node && Boolean(anchor.current?.contains(event.target));
}
