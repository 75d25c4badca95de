import { cx } from "./cx";

/** A grey bar where text will be. Give it the size of that text, so that nothing moves. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cx("scripted block h-3.5 animate-pulse rounded-sm bg-sunk", className)} />;
}
