import { cx } from "./cx";

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
