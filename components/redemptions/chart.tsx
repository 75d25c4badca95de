"use client";

import { latePart } from "@/components/ui/late-part";

/** A step of the chart; `href` leads to the redemptions behind it. */
export interface ChartPoint {
  label: string;
  /** The moment it begins, in full. */
  from: string;
  redemptions: number;
  href: string;
}

const Bars = latePart<{ points: ChartPoint[] }>("The chart", () => import("./bars"));

/** A place for the bars, whose library is fetched by this part alone. What they show stands in a table beside them. */
export function Chart({ points }: { points: ChartPoint[] }) {
  return (
    <div aria-hidden="true" className="h-48">
      <Bars points={points} />
    </div>
  );
}
