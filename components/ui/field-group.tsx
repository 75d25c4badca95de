import type { ReactNode } from "react";
import { cx } from "./cx";
import { FieldMessages, firstMessage, type Messages } from "./field-messages";

type FieldGroupProps = {
  name: string;
  label: ReactNode;
  help?: ReactNode;
  error?: Messages;
  className?: string;
  children: ReactNode;
};

/** A fieldset for controls that answer one question together: radio buttons, several checkboxes. */
export function FieldGroup({ name, label, help, error, className, children }: FieldGroupProps) {
  const id = `field-${name}`;
  const message = firstMessage(error);
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      aria-describedby={cx(message && `${id}-error`, help != null && `${id}-help`) || undefined}
      className={cx("flex min-w-0 flex-col gap-1", className)}
    >
      <legend className="mb-1 font-medium">{label}</legend>
      {children}
      <FieldMessages id={id} help={help} message={message} />
    </fieldset>
  );
}
