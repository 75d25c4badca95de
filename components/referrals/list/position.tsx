import { formatCount, formatNumber } from "@/lib/format";

type PositionProps = {
  /** Codes before the first row shown. */
  before: number;
  rows: number;
  total: number;
  /** Counting stops above this number; what is beyond is said to be more. */
  cap: number | null;
};

/** "51–100 of 2,000": which rows these are. Numbers are exact, or say that there are more. */
export function Position({ before, rows, total, cap }: PositionProps) {
  if (rows === 0) return <>No codes</>;
  const all = cap !== null && total > cap ? `${formatNumber(cap)}+` : formatNumber(total);
  if (cap !== null && before > cap) return <>{`${formatCount(rows, "code")} after the first ${formatNumber(cap)}`}</>;
  return <>{`${formatNumber(before + 1)}–${formatNumber(before + rows)} of ${all}`}</>;
}
