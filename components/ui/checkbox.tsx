"use client";

import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from "react";
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
  const helpId = useId();
  useEffect(() => {
    if (box.current) box.current.indeterminate = indeterminate;
  }, [indeterminate]);
  const described = help == null ? props["aria-describedby"] : helpId;
  return (
    <div className={cx("min-w-0", className)}>
      <label className={label === undefined ? "inline-grid size-6 place-items-center" : "flex min-h-6 gap-2"}>
        <span className="grid h-5 place-items-center">
          <input
            ref={box}
            type="checkbox"
            {...props}
            aria-describedby={described}
            className="size-4 shrink-0 accent-accent"
          />
        </span>
        {label !== undefined && <span className="min-w-0">{label}</span>}
      </label>
      {help != null && (
        <p id={helpId} className="pl-6 text-sm text-mute">
          {help}
        </p>
      )}
    </div>
  );
}
