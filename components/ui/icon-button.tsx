import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";

type IconButtonProps = Omit<ComponentProps<"button">, "children" | "aria-label" | "title"> & {
  /** What the button does, for screen readers and on hover. */
  label: string;
  /** The icon, 16 px. */
  children: ReactNode;
};

/** A square button of 28 px that shows an icon alone. */
export function IconButton({ label, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={cx(
        "inline-grid size-7 shrink-0 place-items-center rounded-md text-mute hover:bg-sunk hover:text-ink aria-expanded:bg-sunk disabled:opacity-60",
        className,
      )}
    >
      {children}
    </button>
  );
}
