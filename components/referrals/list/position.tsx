import { formatCount, formatNumber } from "@/lib/format";
import type { ReferralCount, Tally } from "@/lib/referrals/list/queries";

type PositionProps = { rows: number; count: ReferralCount };

/** "2,040", "about 48,000", "over 50": exact, or it says that it is not. */
export const tallyText = ({ count, is }: Tally) => `${is === "exact" ? "" : `${is} `}${formatNumber(count)}`;

/** "51–100 of 2,000": which rows these are, by the beginning or the end, whichever is known. */
export function Position({ rows, count: { before, total, after } }: PositionProps) {
  if (rows === 0) return <>No codes</>;
  const whole = tallyText(total);
  if (before?.is === "exact")
    return <>{`${formatNumber(before.count + 1)}–${formatNumber(before.count + rows)} of ${whole}`}</>;
  if (after === 0) return <>{`The last ${formatNumber(rows)} of ${whole}`}</>;
  if (after !== null)
    return <>{`${formatNumber(after + 1)}–${formatNumber(after + rows)} from the end, of ${whole}`}</>;
  return <>{`${formatCount(rows, "code")} after ${before ? tallyText(before) : "others"}, of ${whole}`}</>;
}
