import { formatCount, formatNumber } from "@/lib/format";
import type { Tally } from "@/lib/referrals/queries";

type PositionProps = { rows: number; before?: Tally; total?: Tally };

const none: Tally = { count: 0, more: false };
/** A number of codes, with a plus where there are more. */
export const atLeast = ({ count, more }: Tally) => `${formatNumber(count)}${more ? "+" : ""}`;

/** "51–100 of 2,000": which rows these are. Numbers are exact, or say that there are more. */
export function Position({ rows, before = none, total = none }: PositionProps) {
  if (rows === 0) return <>No codes</>;
  const all = total.count < before.count + rows ? { ...total, count: before.count } : total;
  if (before.more)
    return <>{`${formatCount(rows, "code")} after the first ${formatNumber(before.count)}, of ${atLeast(all)}`}</>;
  return <>{`${formatNumber(before.count + 1)}–${formatNumber(before.count + rows)} of ${atLeast(all)}`}</>;
}
