"use client";

import type { ReactNode } from "react";
import { cx } from "./cx";
import { FieldContext } from "./field-context";
import { FieldMessages, firstMessage, type Messages } from "./field-messages";

type FieldProps = {
  /** The name of the form value. The control gets it, and the id `field-<name>`, which FormErrors links to. */
  name: string;
  label: ReactNode;
  help?: ReactNode;
  error?: Messages;
  /** Overrides the id, where two forms on a page share a name. */
  id?: string;
  /** Says "optional" beside the label. */
  optional?: boolean;
  hideLabel?: boolean;
  className?: string;
  /** One control of this folder: TextInput, NumberInput, TextArea, Select. */
  children: ReactNode;
};

/** Label, control, help and error of one form value, wired by id, aria-describedby and aria-invalid. */
export function Field({
  name,
  label,
  help,
  error,
  id = fieldId(name),
  optional,
  hideLabel,
  className,
  children,
}: FieldProps) {
  const message = firstMessage(error);
  const describedBy = cx(message && `${id}-error`, help != null && `${id}-help`) || undefined;
  return (
    <div className={cx("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "font-medium"}>
        {label}
        {optional && <span className="font-normal text-mute"> (optional)</span>}
      </label>
      <FieldContext value={{ id, name, describedBy, invalid: Boolean(message) }}>{children}</FieldContext>
      <FieldMessages id={id} help={help} message={message} />
    </div>
  );
}

/** The id of the control of the form value `name`. */
export function fieldId(name: string): string {
  return `field-${name}`;
}
