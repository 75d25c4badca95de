"use client";

import { type RefObject, useRef } from "react";
import PopoverPopup from "./popover-popup";

type CopyFallbackProps = {
  anchor: RefObject<HTMLElement | null>;
  value: string;
  label: string;
  onClose: () => void;
};

/** The way out where the clipboard is refused: the text itself, selected. */
export default function CopyFallback({ anchor, value, label, onClose }: CopyFallbackProps) {
  const text = useRef<HTMLInputElement>(null);
  return (
    <PopoverPopup open onClose={onClose} anchor={anchor} title={`Copy ${label}`} initialFocus={text}>
      <p className="mb-2 max-w-64 text-mute">The browser did not allow copying. Press Ctrl+C, or ⌘C on a Mac.</p>
      <input
        ref={text}
        readOnly
        value={value}
        aria-label={label}
        onFocus={(event) => event.currentTarget.select()}
        className="control mono"
      />
    </PopoverPopup>
  );
}
