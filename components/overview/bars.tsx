"use client";

import { useRouter } from "next/navigation";
import type { MouseEvent } from "react";
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  Rectangle,
  type RectangleProps,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { withBase } from "@/lib/base-path";
import { formatCount, formatNumber } from "@/lib/format";
import type { ChartPoint, ChartWords } from "./chart";

const text = { fill: "var(--color-mute)", fontSize: "0.75rem" };
const line = "var(--color-hairline)";

/**
 * Bars over time, and the time before as a line. Each bar is a link to what is behind it; for keyboards and screen readers those of the
 * table are the same.
 */
export default function Bars({ points, words }: { points: ChartPoint[]; words: ChartWords }) {
  const router = useRouter();
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={points} accessibilityLayer={false} margin={{ top: 4, right: 4, bottom: 0, left: 0 }}>
        <CartesianGrid vertical={false} stroke={line} />
        <XAxis dataKey="label" tick={text} tickLine={false} stroke={line} minTickGap={24} />
        <YAxis
          allowDecimals={false}
          tick={text}
          tickLine={false}
          axisLine={false}
          width={52}
          tickFormatter={formatNumber}
        />
        <Tooltip
          cursor={{ fill: "var(--color-hover)" }}
          isAnimationActive={false}
          content={({ payload }) => <Hint point={payload[0]?.payload} words={words} />}
        />
        <Bar
          dataKey="value"
          fill="var(--color-accent)"
          isAnimationActive={false}
          maxBarSize={28}
          shape={(bar: RectangleProps & { payload?: ChartPoint }) => (
            <BarLink bar={bar} href={bar.payload?.href ?? ""} follow={(href) => router.push(href)} />
          )}
        />
        <Line
          dataKey="before"
          stroke="var(--color-mute)"
          strokeDasharray="3 3"
          dot={points.length === 1}
          activeDot={false}
          isAnimationActive={false}
          className="pointer-events-none"
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

function BarLink({ bar, href, follow }: { bar: RectangleProps; href: string; follow: (href: string) => void }) {
  function press(event: MouseEvent) {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    follow(href);
  }
  return (
    <a href={withBase(href)} tabIndex={-1} onClick={press} className="focus-visible:-outline-offset-2">
      <Rectangle {...bar} radius={2} />
    </a>
  );
}

function Hint({ point, words }: { point?: ChartPoint; words: ChartWords }) {
  if (!point) return null;
  return (
    <div className="rounded-md border bg-raised px-2.5 py-1.5 text-sm">
      <p className="num font-medium">{formatCount(point.value, words.one, words.many)}</p>
      <p className="num text-mute">{point.period}</p>
      <p className="num text-mute">{`${formatNumber(point.before)} in the time before`}</p>
    </div>
  );
}
