import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { type ButtonVariant, buttonClass } from "./button-class";
import { Spinner } from "./spinner";

type ButtonProps = ComponentProps<"button"> & {
  /** `primary` once a screen, `danger` only for the act itself, `quiet` in bars. */
  variant?: ButtonVariant;
  /** Work is under way: keeps focus and label, shows a spinner and takes no second click. In client components only. */
  pending?: boolean;
  icon?: ReactNode;
};

/** A button. `type` is "button" unless told otherwise. */
export function Button({
  variant = "plain",
  pending = false,
  icon,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={pending ? swallow : onClick}
      className={buttonClass(variant, className)}
    >
      {pending ? <Spinner /> : icon}
      {children}
    </button>
  );
}

function swallow(event: MouseEvent) {
  event.preventDefault();
  event.stopPropagation();
}
