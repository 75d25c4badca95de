"use client";

import { useEffect } from "react";
import { type ExternalToast, Toaster as Sonner, toast as sonner } from "sonner";
import { withBase } from "@/lib/base-path";
import { signedOut, signInPath } from "@/lib/signed-out";
import { receiveToasts } from "./toast";

/** Somebody who is signed out goes on in another tab: here nothing of theirs is lost. */
const signingIn: ExternalToast = {
  duration: Number.POSITIVE_INFINITY,
  action: { label: "Sign in", onClick: () => window.open(withBase(signInPath), "_blank", "noopener") },
};

/** The toasts themselves; fetched by the Toaster with the first of them. */
export default function ToasterList() {
  useEffect(
    () =>
      receiveToasts(({ kind, title, options }) =>
        sonner[kind](title, title === signedOut ? { ...options, ...signingIn } : options),
      ),
    [],
  );
  return (
    <Sonner
      position="bottom-right"
      offset={{ bottom: "4rem", right: "1rem" }} // above the foot of a list
      mobileOffset={{ bottom: "4rem" }}
      style={{ fontFamily: "inherit" }}
      duration={6_000}
      closeButton
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: "popup flex w-(--width) items-start gap-2.5 px-3 py-2.5 text-base text-ink",
          title: "font-medium",
          description: "text-mute",
          icon: "mt-0.5 shrink-0",
          content: "min-w-0 flex-1",
          success: "[&_[data-icon]]:text-good",
          error: "[&_[data-icon]]:text-bad",
          warning: "[&_[data-icon]]:text-warn",
          actionButton: "shrink-0 rounded-sm px-1.5 py-0.5 font-medium text-accent hover:bg-sunk",
          cancelButton: "shrink-0 rounded-sm px-1.5 py-0.5 text-mute hover:bg-sunk",
          closeButton:
            "order-last -mt-0.5 -mr-1 grid size-6 shrink-0 place-items-center rounded-sm text-mute hover:bg-sunk hover:text-ink",
        },
      }}
    />
  );
}
