"use client";

import { type ComponentProps, type ReactNode, useEffect, useRef } from "react";
import { cx } from "./cx";

type CheckboxProps = Omit<ComponentProps<"input">, "type" | "children"> & {
  /** The third state: some of what stands below is checked. */
  indeterminate?: boolean;
  /** Shown beside the box. Without it give `aria-label`. */
  label?: ReactNode;
  help?: ReactNode;
};

/** A box of 16 px with a target of 24 px: the browser's own checkbox in our colours. */
export function Checkbox({ indeterminate = false, label, help, className, ...props }: CheckboxProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = indeterminate;
  }, [indeterminate]);
  return (
    <label className={cx(label === undefined ? "inline-grid size-6 place-items-center" : "flex gap-2", className)}>
      <span className="grid h-5 place-items-center">
        <input ref={box} type="checkbox" {...props} className="size-4 shrink-0 accent-accent" />
      </span>
      {label !== undefined && (
        <span className="min-w-0">
          {label}
          {help != null && <span className="block text-sm text-mute">{help}</span>}
        </span>
      )}
    </label>
  );
}
