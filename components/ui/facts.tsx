import type { ReactNode } from "react";
import { cx } from "./cx";

/** What is known about one thing: names on the left, values on the right. */
export function Facts({ className, children }: { className?: string; children: ReactNode }) {
  return <dl className={cx("grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5", className)}>{children}</dl>;
}

/** One line of Facts. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-mute">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
