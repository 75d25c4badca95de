import type { ReactNode } from "react";
import { cx } from "./cx";

/** The body of a page with the margins of its header. `narrow` keeps forms and texts at a readable width. */
export function PageBody({
  narrow,
  className,
  children,
}: {
  narrow?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div className="@container min-w-0">
      <div className={cx("flex min-w-0 flex-col gap-6 px-4 pt-2 pb-10 sm:px-6", narrow && "max-w-3xl", className)}>
        {children}
      </div>
    </div>
  );
}
