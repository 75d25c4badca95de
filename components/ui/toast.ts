import type { ReactNode } from "react";
import type { ExternalToast } from "sonner";

type ToastKind = "success" | "error" | "warning" | "message";
type Toast = { kind: ToastKind; title: ReactNode; options?: ExternalToast };

/** Toasts that wait for the code that shows them, which is fetched with the first one. */
const waiting: Toast[] = [];
let receive: ((toast: Toast) => void) | null = null;
let wake: (() => void) | null = null;
let happened = false;

/** Whether there was a toast yet, as a store: for the Toaster. */
export const firstToast = {
  subscribe(listener: () => void): () => void {
    wake = listener;
    return () => {
      wake = null;
    };
  },
  happened: () => happened,
};

/** Hands over what waits and then every toast at once. Returns a function that ends it. */
export function receiveToasts(receiver: (toast: Toast) => void): () => void {
  receive = receiver;
  for (const toast of waiting.splice(0)) receiver(toast);
  return () => {
    receive = null;
  };
}

function show(kind: ToastKind) {
  return (title: ReactNode, options?: ExternalToast): void => {
    const toast = { kind, title, options };
    if (receive) {
      receive(toast);
      return;
    }
    waiting.push(toast);
    happened = true;
    wake?.();
  };
}

/**
 * A short message at the edge of the screen, gone after some seconds. What someone must be able to reach again (undo,
 * a failure) also stands on the page, or has `duration: Infinity`.
 */
export const toast = {
  success: show("success"),
  error: show("error"),
  warning: show("warning"),
  message: show("message"),
};
