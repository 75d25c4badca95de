"use client";

import { X } from "lucide-react";
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { cx } from "./cx";
import { IconButton } from "./icon-button";

type DialogProps = {
  open: boolean;
  /** Called on Escape, the close button and a press beside the dialog. Set `open` to false in it. */
  onClose: () => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons at the foot, the main one last. */
  actions?: ReactNode;
  /** `side` is a panel at the left edge, for menus on narrow screens. */
  placement?: "center" | "side";
  /** For a question that must be answered: a press beside it does not close it. */
  alert?: boolean;
};

/**
 * A modal dialog on the browser's own: it keeps the focus, makes the page inert and gives the focus back. The control
 * marked `data-first` has the focus at first, else the first one.
 */
export function Dialog({ open, onClose, title, description, children, actions, placement, alert }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const side = placement === "side";

  // Before it is taken out of the page, because only a dialog that is closed in it gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!open || !element) return;
    element.showModal();
    element.querySelector<HTMLElement>("[data-first]")?.focus();
    return () => element.close();
  }, [open]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the key for a press beside the dialog is Escape, which it has.
    <dialog
      ref={dialog}
      role={alert ? "alertdialog" : undefined}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (!alert && event.target === event.currentTarget) onClose();
      }}
      className={cx(
        "popup text-ink backdrop:bg-black/40",
        side
          ? "m-0 h-dvh max-h-none w-72 max-w-[85vw] rounded-none border-0 border-r"
          : "m-auto w-[min(30rem,calc(100vw-2rem))]",
      )}
    >
      {open && (
        <div className={cx("flex flex-col gap-3", side ? "min-h-full p-3" : "p-5")}>
          <div className="flex items-start justify-between gap-4">
            <h2 id={`${id}-title`} className={side ? "sr-only" : "text-lg font-semibold"}>
              {title}
            </h2>
            {!alert && (
              <IconButton label="Close" onClick={onClose} className="-mt-1 -mr-1.5 ml-auto">
                <X aria-hidden="true" className="size-4" />
              </IconButton>
            )}
          </div>
          {description && (
            <div id={`${id}-description`} className="text-mute">
              {description}
            </div>
          )}
          {children}
          {actions && <div className="mt-2 flex flex-wrap justify-end gap-2">{actions}</div>}
        </div>
      )}
    </dialog>
  );
}
