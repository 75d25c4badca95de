"use client";

import { lazy, type ReactNode, Suspense } from "react";
import { buttonClass } from "./button";
import { usePopup } from "./use-popup";

const loadPopup = () => import("./popover-popup");
const PopoverPopup = lazy(loadPopup);

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
        onPointerEnter={loadPopup}
        onFocus={loadPopup}
        className={className ?? buttonClass("plain")}
      >
        {button}
      </button>
      {wanted && (
        <Suspense fallback={null}>
          <PopoverPopup open={open} onOpenChange={hide} anchor={anchor} title={title}>
            {children}
          </PopoverPopup>
        </Suspense>
      )}
    </>
  );
}
