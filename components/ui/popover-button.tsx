"use client";

import type { ReactNode } from "react";
import { buttonClass } from "./button-class";
import { latePart } from "./late-part";
import { usePopup } from "./use-popup";

const PopoverPopup = latePart("What this opens", () => import("./popover-popup"));

type PopoverButtonProps = {
  /** The popover's title. */
  title: string;
  /** The button's name, where its content alone does not say it ("+2"). */
  label?: string;
  /** What the button shows. */
  button: ReactNode;
  /** Replaces the button's looks. */
  className?: string;
  /** Shown in the popover; rendered only while it is open. */
  children: ReactNode;
};

/** A button that opens a small panel beside it. Until it is used it costs a plain button. */
export function PopoverButton({ title, label, button, className, children }: PopoverButtonProps) {
  const { anchor, open, wanted, hide, toggle } = usePopup();
  return (
    <>
      <button
        ref={anchor}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={label}
        onClick={toggle}
        onPointerEnter={PopoverPopup.fetch}
        onFocus={PopoverPopup.fetch}
        className={className ?? buttonClass("plain")}
      >
        {button}
      </button>
      {wanted && (
        <PopoverPopup open={open} onClose={hide} anchor={anchor} title={title}>
          {children}
        </PopoverPopup>
      )}
    </>
  );
}
