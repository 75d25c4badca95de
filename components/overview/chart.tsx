"use client";

import { latePart } from "@/components/ui/late-part";

/** A step of a chart, with what there was in the time before; `href` leads to what is behind it. */
export interface ChartPoint {
  label: string;
  /** The step in full. */
  period: string;
  value: number;
  before: number;
  href: string;
}

/** What a chart counts, in words. */
export interface ChartWords {
  one: string;
  many: string;
}

type ChartProps = { points: ChartPoint[]; words: ChartWords };

const Bars = latePart<ChartProps>("The chart", () => import("./bars"));

/** A place for the bars, whose library is fetched by this part alone. What they show stands in a table beside them. */
export function Chart(props: ChartProps) {
  return (
    <div aria-hidden="true" className="h-48">
      <Bars {...props} />
    </div>
  );
}
