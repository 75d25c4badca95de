import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { cx } from "./cx";
import { Spinner } from "./spinner";

export type ButtonVariant = "primary" | "plain" | "quiet" | "danger";

const base =
  "inline-flex min-h-8 items-center justify-center gap-1.5 rounded-md border px-3 py-1 font-medium whitespace-nowrap select-none aria-disabled:cursor-default aria-disabled:opacity-60 disabled:opacity-60 forced-edge";

const variants: Record<ButtonVariant, string> = {
  primary: "border-transparent bg-accent text-accent-ink hover:bg-accent-strong",
  plain: "bg-panel text-ink hover:bg-hover",
  quiet: "border-transparent text-mute hover:bg-sunk hover:text-ink",
  danger: "border-transparent bg-bad text-ground hover:opacity-90",
};

/** The classes of a button, for links and triggers that must look like one. */
export function buttonClass(variant: ButtonVariant = "plain", className?: string): string {
  return cx(base, variants[variant], className);
}

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
