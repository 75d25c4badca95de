"use client";

import { Check, Copy } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { announce } from "./announce";
import { copyText } from "./clipboard";
import { cx } from "./cx";
import { latePart } from "./late-part";

const CopyFallback = latePart("The text to copy", () => import("./copy-fallback"));

type CopyButtonProps = {
  /** The whole text that goes to the clipboard, whatever is shown. */
  value: string;
  /** What is copied: "code AB12" makes the name "Copy code AB12". */
  label: string;
  /** What is shown; `value` in the mono face when left out. */
  children?: ReactNode;
  className?: string;
  /** Shows a long value whole, on as many lines as it takes. */
  wrap?: boolean;
};

const shownFor = 2_000;

/**
 * Copies on click, Enter and Space. Says "Copied" only when the clipboard has taken the text; where it is
 * refused or missing (plain http, a policy), shows the text selected, to be copied by hand.
 */
export function CopyButton({ value, label, children, className, wrap }: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (state !== "copied") return;
    const timer = setTimeout(() => setState("idle"), shownFor);
    return () => clearTimeout(timer);
  }, [state]);

  async function copy() {
    try {
      await copyText(value);
      setState("copied");
      announce(`Copied ${label}`);
    } catch {
      setState("refused");
    }
  }

  const copied = state === "copied";
  return (
    <>
      <button
        ref={button}
        type="button"
        onClick={copy}
        aria-label={`Copy ${label}`}
        data-copied={copied || undefined}
        className={cx(
          "group/copy -mx-1.5 inline-flex min-h-6 max-w-[calc(100%+0.75rem)] min-w-0 items-center gap-1.5 rounded-sm px-1.5 text-left hover:bg-sunk",
          copied && "bg-good-soft text-good hover:bg-good-soft",
          className,
        )}
      >
        <span className="inline-grid min-w-0">
          <span
            className={cx(
              "col-start-1 row-start-1",
              wrap ? "[overflow-wrap:anywhere]" : "truncate",
              copied && "invisible",
            )}
          >
            {children ?? <span className="mono">{value}</span>}
          </span>
          <span className={cx("col-start-1 row-start-1", !copied && "invisible")}>Copied</span>
        </span>
        {copied ? (
          <Check aria-hidden="true" className="size-3.5 shrink-0" />
        ) : (
          <Copy
            aria-hidden="true"
            className="size-3.5 shrink-0 text-faint opacity-0 group-hover/copy:opacity-100 group-focus-visible/copy:opacity-100 pointer-coarse:opacity-100"
          />
        )}
      </button>
      {state === "refused" && (
        <CopyFallback anchor={button} value={value} label={label} onClose={() => setState("idle")} />
      )}
    </>
  );
}
