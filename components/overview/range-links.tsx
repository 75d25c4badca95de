import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";
import { cx } from "@/components/ui/cx";
import {
  type Granularity,
  granularities,
  isOffered,
  type OverviewRange,
  rangeNames,
  rangeQuery,
  ranges,
  usualGranularity,
} from "@/lib/overview/range";

type RangeLinksProps = { range: OverviewRange; page: (query: string) => string };

const byWords: Record<Granularity, string> = { day: "Days", week: "Weeks", month: "Months" };

/** Which range the overview shows, and by which steps; all of it links, and a form that needs no script. */
export function RangeLinks({ range, page }: RangeLinksProps) {
  const asked = (days: number) => ({ days, by: usualGranularity(days), period: range.period });
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
      <nav aria-label="Range of time" className="flex flex-wrap gap-x-3">
        {rangeNames.map((name) => (
          <Choice
            key={name}
            href={page(rangeQuery({ name, ...asked(ranges[name].days) }))}
            chosen={name === range.name}
            label={ranges[name].label}
          />
        ))}
      </nav>
      <nav aria-label="Steps" className="flex flex-wrap gap-x-3">
        {granularities
          .filter((by) => isOffered(by, range.days))
          .map((by) => (
            <Choice key={by} href={page(rangeQuery({ ...range, by }))} chosen={by === range.by} label={byWords[by]} />
          ))}
      </nav>
      <form method="get" aria-label="Own dates" className="flex flex-wrap items-center gap-2">
        <Day name="from" label="From" day={range.period.from} />
        <Day name="to" label="through" day={range.period.to} />
        <button type="submit" className={buttonClass("plain")}>
          Show
        </button>
      </form>
    </div>
  );
}

function Day({ name, label, day }: { name: string; label: string; day: string }) {
  return (
    <label className="flex items-center gap-2 text-mute">
      {label}
      <input key={day} type="date" name={name} defaultValue={day} required className="control num w-36" />
    </label>
  );
}

function Choice({ href, chosen, label }: { href: string; chosen: boolean; label: string }) {
  return (
    <Link
      href={href}
      scroll={false}
      prefetch={false}
      aria-current={chosen ? "true" : undefined}
      className={cx("inline-flex min-h-6 items-center", chosen ? "font-medium" : "link")}
    >
      {label}
    </Link>
  );
}
