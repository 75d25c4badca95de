"use client";

import type { ComponentProps } from "react";
import { cx } from "./cx";
import { useFieldProps } from "./field-context";
import { useCaretKept } from "./use-caret-kept";

/** Several lines of text. Inside a Field it needs no id and no name. */
export function TextArea({ mono, className, ...props }: ComponentProps<"textarea"> & { mono?: boolean }) {
  const field = useFieldProps(props);
  useCaretKept(field.id);
  return (
    <textarea
      rows={5}
      spellCheck={mono ? false : undefined}
      {...field}
      className={cx("control block resize-y", mono && "mono", className)}
    />
  );
}
