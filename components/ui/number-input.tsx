"use client";

import type { ComponentProps } from "react";
import { cx } from "./cx";
import { useFieldProps } from "./field-context";

/**
 * A whole number as text with a numeric keyboard. Not `type="number"`: that one changes on scroll and
 * hands over an empty string for a typing mistake, so that the error could not name the value.
 */
export function NumberInput({ className, ...props }: Omit<ComponentProps<"input">, "type">) {
  return (
    <input
      type="text"
      inputMode="numeric"
      autoComplete="off"
      {...useFieldProps(props)}
      className={cx("control num", className)}
    />
  );
}
