import type { ReactNode } from "react";
import { type ButtonVariant, buttonClass } from "@/components/ui/button-class";
import { cx } from "@/components/ui/cx";
import { withBase } from "@/lib/base-path";

type PlainFormProps = {
  path: string;
  submitLabel: string;
  /** What of several it is about, for who does not see where the button stands. */
  about?: string;
  variant?: ButtonVariant;
  className?: string;
  children?: ReactNode;
};

/** A form that the browser sends by itself, so that it works without scripts too. `plain` keeps it in sight there. */
export function PlainForm({ path, submitLabel, about, variant = "primary", className, children }: PlainFormProps) {
  return (
    <form
      action={withBase(path)}
      method="post"
      noValidate
      className={cx("plain flex max-w-sm flex-col gap-4", className)}
    >
      {children}
      <button type="submit" className={buttonClass(variant, "self-start")}>
        {submitLabel}
        {about && <span className="sr-only"> {about}</span>}
      </button>
    </form>
  );
}
