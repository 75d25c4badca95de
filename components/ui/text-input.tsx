"use client";

import type { ComponentProps } from "react";
import { cx } from "./cx";
import { useFieldProps } from "./field-context";

type TextInputProps = ComponentProps<"input"> & {
  /** Set in the mono face, for codes and ids. */
  mono?: boolean;
};

/** A line of text. Inside a Field it needs no id and no name. */
export function TextInput({ mono, className, ...props }: TextInputProps) {
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={mono ? false : undefined}
      {...useFieldProps(props)}
      className={cx("control", mono && "mono", className)}
    />
  );
}
