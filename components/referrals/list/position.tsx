import { formatCount, formatNumber } from "@/lib/format";
import type { ReferralCount, Tally } from "@/lib/referrals/queries";

type PositionProps = { rows: number; count: ReferralCount };

/** A number of codes, with a plus where there are more. */
export const atLeast = ({ count, more }: Tally) => `${formatNumber(count)}${more ? "+" : ""}`;

/** "51–100 of 2,000": which rows these are. Numbers are exact, or say that there are more. */
export function Position({ rows, count: { before, total } }: PositionProps) {
  if (rows === 0) return <>No codes</>;
  if (before === null) return <>{`The last ${formatNumber(rows)} of ${atLeast(total)} codes`}</>;
  if (before.more)
    return <>{`${formatCount(rows, "code")} after the first ${formatNumber(before.count)}, of ${atLeast(total)}`}</>;
  return <>{`${formatNumber(before.count + 1)}–${formatNumber(before.count + rows)} of ${atLeast(total)}`}</>;
}
