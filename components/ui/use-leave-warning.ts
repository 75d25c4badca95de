"use client";

import { useEffect } from "react";

const unsaved = "Leave this page? What you typed here is not saved.";

let reloading = false;

/** Reloads the page without asking: for forms that keep what is typed over it. */
export function reloadPage(): void {
  reloading = true;
  location.reload();
}

/**
 * Asks before the page is left while `dirty`: by the browser for tabs and addresses, by us for links within the site and
 * for Back and Forward, where the browser lets a page ask (the Navigation API). @param question ours; browsers have their own
 */
export function useLeaveWarning(dirty: boolean, question = unsaved): void {
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => reloading || event.preventDefault();
    const askOnLink = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
      if (!link || !leavesHere(link, event) || window.confirm(question)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const askOnBack = (event: NavigateEvent) => {
      const { navigationType, cancelable, destination } = event;
      if (navigationType !== "traverse" || !cancelable || !destination.sameDocument) return;
      if (!window.confirm(question)) event.preventDefault();
    };
    window.navigation?.addEventListener("navigate", askOnBack);
    window.addEventListener("beforeunload", ask);
    document.addEventListener("click", askOnLink, { capture: true });
    return () => {
      window.navigation?.removeEventListener("navigate", askOnBack);
      window.removeEventListener("beforeunload", ask);
      document.removeEventListener("click", askOnLink, { capture: true });
    };
  }, [dirty, question]);
}

/** A plain click that the router would answer by another page of ours; the browser itself asks for other sites. */
function leavesHere(link: HTMLAnchorElement, event: MouseEvent): boolean {
  const elsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (elsewhere || link.hasAttribute("download") || (link.target !== "" && link.target !== "_self")) return false;
  return link.origin === location.origin && link.pathname + link.search !== location.pathname + location.search;
}
