"use client";

import type { ComponentProps } from "react";
import { cx } from "./cx";
import { useFieldProps } from "./field-context";

/** Several lines of text. Inside a Field it needs no id and no name. */
export function TextArea({ mono, className, ...props }: ComponentProps<"textarea"> & { mono?: boolean }) {
  return (
    <textarea
      rows={5}
      spellCheck={mono ? false : undefined}
      {...useFieldProps(props)}
      className={cx("control block resize-y", mono && "mono", className)}
    />
  );
}
