"use client";

import { Popover } from "@base-ui/react/popover";
import type { ReactNode, RefObject } from "react";
import { useOpener } from "./use-opener";
import { isOwnButton } from "./use-popup";

type PopoverPopupProps = {
  open: boolean;
  /** Called when it should close: Escape, a press outside, focus that left. */
  onClose: () => void;
  anchor: RefObject<HTMLElement | null>;
  title: string;
  hideTitle?: boolean;
  initialFocus?: RefObject<HTMLElement | null>;
  children: ReactNode;
};

/** The panel that PopoverButton opens; also for popups that another control opens. */
export default function PopoverPopup(props: PopoverPopupProps) {
  const { open, onClose, anchor, title, hideTitle, initialFocus, children } = props;
  useOpener(anchor, open);
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next, details) => {
        if (!next && !isOwnButton(details.event, anchor)) onClose();
      }}
    >
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} align="start" sideOffset={4} className="z-50">
          <Popover.Popup
            initialFocus={initialFocus}
            finalFocus={anchor}
            className="popup max-w-[min(24rem,92vw)] p-3 [overflow-wrap:anywhere]"
          >
            <Popover.Title className={hideTitle ? "sr-only" : "mb-1.5 font-semibold"}>{title}</Popover.Title>
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
