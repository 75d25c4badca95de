import { FileDown } from "lucide-react";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { withBase } from "@/lib/base-path";
import { formatNumber, plural } from "@/lib/format";
import type { overviewLinks } from "@/lib/overview/links";
import type { Counted, OverTime } from "@/lib/overview/over-time";
import { type OverviewRange, type Period, rangeQuery } from "@/lib/overview/range";
import { beforeText, differenceText, endText, periodText, stepLabel } from "@/lib/overview/words";
import { Chart, type ChartWords } from "./chart";
import { RangeLinks } from "./range-links";
import { StepTable } from "./step-table";

type OverTimeProps = {
  range: OverviewRange;
  counted: OverTime;
  links: ReturnType<typeof overviewLinks>;
  zone: string;
};

/** What is counted, what it is called, and where what is behind it is. */
export interface Series {
  key: keyof Counted;
  title: string;
  words: ChartWords;
  href: (period: Period) => string;
}

/** The codes that a campaign got and those that were redeemed over time, as charts and as a table; each figure leads to what is behind it. */
export function OverTimeSection({ range, counted, links, zone }: OverTimeProps) {
  const series: Series[] = [
    { key: "codes", title: "Codes made", words: { one: "code made", many: "codes made" }, href: links.made },
    {
      key: "redemptions",
      title: "Redemptions",
      words: { one: "redemption", many: "redemptions" },
      href: links.redeemed,
    },
  ];
  return (
    <section aria-labelledby="over-time" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 id="over-time" className="text-lg font-semibold">
          Over time
        </h2>
        <p className="num text-mute">{`${periodText(range.period)}, on the clocks of ${zone}`}</p>
        <a href={withBase(links.csv(rangeQuery(range)))} download className={buttonClass("plain", "ml-auto")}>
          <FileDown aria-hidden="true" className="size-4 text-mute" />
          CSV
        </a>
      </div>
      <RangeLinks range={range} page={links.page} />
      <div className="grid gap-8 @3xl:grid-cols-2">
        {series.map((one) => (
          <Plot key={one.key} series={one} range={range} counted={counted} />
        ))}
      </div>
      <StepTable {...{ range, counted, series, zone }} />
    </section>
  );
}

function Plot({
  series: { key, title, words, href },
  range,
  counted,
}: { series: Series } & Pick<OverTimeProps, "range" | "counted">) {
  const [now, before] = [counted.now[key], counted.before[key]];
  const points = range.steps.map(({ period }, index) => ({
    label: stepLabel(period, range.by),
    period: periodText(period),
    value: counted.steps[index]?.now[key] ?? 0,
    before: counted.steps[index]?.before[key] ?? 0,
    href: href(period),
  }));
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-2">
      <p className="flex items-baseline gap-x-2">
        <Link prefetch={false} href={href(range.period)} className="num link text-2xl font-semibold tracking-tight">
          {formatNumber(now)}
        </Link>
        <span className="font-medium">{plural(now, words.one, words.many)}</span>
      </p>
      <p className="num text-mute">
        {`${differenceText(now, before)} the `}
        <Link prefetch={false} href={href(range.before)} className="link" title={periodText(range.before)}>
          {formatNumber(before)}
        </Link>
        {` ${beforeText(range)}`}
      </p>
      <Chart points={points} words={words} />
      <p aria-hidden="true" className="flex flex-wrap gap-x-4 text-sm text-mute">
        <span className="flex items-center gap-1.5">
          <span className="size-2 rounded-full bg-accent forced-fill" />
          {title}
        </span>
        <span className="flex items-center gap-1.5">
          <span className="w-4 border-t border-dashed border-mute" />
          {`The time before, through ${endText(range.before.to)}`}
        </span>
      </p>
    </section>
  );
}
