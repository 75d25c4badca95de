"use client";

import { useRouter } from "next/navigation";
import type { MouseEvent } from "react";
import {
  Bar,
  BarChart,
  CartesianGrid,
  Rectangle,
  type RectangleProps,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatCount, formatNumber } from "@/lib/format";
import type { ChartPoint } from "./chart";

const text = { fill: "var(--color-mute)", fontSize: "0.75rem" };
const line = "var(--color-hairline)";

/** Bars over time. Each is a link to the redemptions behind it; for keyboards and screen readers those of the table are the same. */
export default function Bars({ points }: { points: ChartPoint[] }) {
  const router = useRouter();
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={points} accessibilityLayer={false} margin={{ top: 4, right: 0, bottom: 0, left: 0 }}>
        <CartesianGrid vertical={false} stroke={line} />
        <XAxis dataKey="label" tick={text} tickLine={false} stroke={line} minTickGap={24} />
        <YAxis
          allowDecimals={false}
          tick={text}
          tickLine={false}
          axisLine={false}
          width={44}
          tickFormatter={formatNumber}
        />
        <Tooltip
          cursor={{ fill: "var(--color-hover)" }}
          isAnimationActive={false}
          content={({ payload }) => <Hint point={payload[0]?.payload} />}
        />
        <Bar
          dataKey="redemptions"
          fill="var(--color-accent)"
          isAnimationActive={false}
          maxBarSize={28}
          shape={(bar: RectangleProps & { payload?: ChartPoint }) => (
            <BarLink bar={bar} href={bar.payload?.href ?? ""} follow={(href) => router.push(href)} />
          )}
        />
      </BarChart>
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
    <a href={href} tabIndex={-1} onClick={press} className="focus-visible:-outline-offset-2">
      <Rectangle {...bar} radius={2} />
    </a>
  );
}

function Hint({ point }: { point?: ChartPoint }) {
  if (!point) return null;
  return (
    <div className="rounded-md border bg-raised px-2.5 py-1.5 text-sm">
      <p className="num font-medium">{formatCount(point.redemptions, "redemption")}</p>
      <p className="num text-mute">{`from ${point.from}`}</p>
    </div>
  );
}
