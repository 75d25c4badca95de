import { formatCount } from "@/lib/format";

const size = { width: 96, height: 24 };

/** Redemptions day by day as a small line, drawn where the page is made; its words say what it shows. */
export function Sparkline({ days }: { days: number[] }) {
  const most = Math.max(1, ...days);
  const last = Math.max(1, days.length - 1);
  const points = days.map(
    (n, index) =>
      `${((index / last) * (size.width - 2) + 1).toFixed(1)},${(size.height - 1 - (n / most) * (size.height - 2)).toFixed(1)}`,
  );
  const half = Math.floor(days.length / 2);
  const sum = (some: number[]) => some.reduce((a, b) => a + b, 0);
  const words = `${formatCount(sum(days.slice(0, half)), "redemption")} in the first ${half} days, ${formatCount(sum(days.slice(half)), "redemption")} in the last ${days.length - half}, at most ${Math.max(0, ...days)} a day`;
  return (
    <svg role="img" aria-label={words} viewBox={`0 0 ${size.width} ${size.height}`} className="h-6 w-24 text-accent">
      <title>{words}</title>
      <polyline points={points.join(" ")} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  );
}
