"use client";

import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cx } from "./cx";
import { useFieldProps } from "./field-context";

type SelectOption = { value: string; label: string; disabled?: boolean };

/** One of a few values: the browser's own select, which every keyboard, phone and screen reader knows. */
export function Select({ options, className, ...props }: ComponentProps<"select"> & { options: SelectOption[] }) {
  return (
    <span className={cx("relative inline-flex", className ?? "w-full")}>
      <select {...useFieldProps(props)} className="control appearance-none pr-8">
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2.5 size-3.5 -translate-y-1/2 text-mute"
      />
    </span>
  );
}
