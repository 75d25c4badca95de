import type { ReactNode } from "react";
import { cx } from "./cx";

type TableProps = {
  /** What the table holds: its caption and the name of its scroll region. */
  caption: string;
  /** thead and tbody. `th scope` and the class `end` for numbers are up to you. */
  children: ReactNode;
  /** As wide as its page: its rows begin where the page's texts do. */
  flush?: boolean;
  className?: string;
};

/** A plain table with hairlines that scrolls inside its own focusable region, words for screen readers with it. For long lists there is data-table. */
export function Table({ caption, children, flush, className }: TableProps) {
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (axe scrollable-region-focusable).
      tabIndex={0}
      className={cx("relative overflow-x-auto bg-panel", flush && "flush border-t", className)}
    >
      <table className="table">
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </section>
  );
}
