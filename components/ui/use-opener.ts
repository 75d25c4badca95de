"use client";

import { type RefObject, useLayoutEffect } from "react";

/**
 * Marks the control that an open popup stands beside (`data-opener`): what writes a part of the page anew leaves it alone meanwhile,
 * because a popup without its control would jump to the corner of the window and have nowhere to give the focus back.
 */
export function useOpener(anchor: RefObject<HTMLElement | null>, open = true): void {
  useLayoutEffect(() => {
    const control = anchor.current;
    if (!open || !control) return;
    control.dataset.opener = "";
    return () => {
      delete control.dataset.opener;
    };
  }, [anchor, open]);
}
