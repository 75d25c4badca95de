import Link from "next/link";
import { cx } from "@/components/ui/cx";
import { Table } from "@/components/ui/table";
import { formatCount, formatDateTime, formatNumber } from "@/lib/format";
import { redemptionsHref } from "@/lib/redemptions/search-params";
import type { SeriesStep } from "@/lib/redemptions/series";
import { type Span, spanNames, spans, stepLabel } from "@/lib/redemptions/spans";
import { Chart } from "./chart";

type ChartSectionProps = { steps: SeriesStep[]; span: Span; to: Date; campaignPath: string; zone: string };

/** The redemptions of a campaign over time, as a chart and as a table; each step leads to its redemptions. */
export function ChartSection({ steps, span, to, campaignPath, zone }: ChartSectionProps) {
  const all = steps.at(-1)?.total ?? 0;
  const points = steps.map(({ begins, redemptions }, index) => ({
    label: stepLabel(span, begins, zone),
    from: formatDateTime(begins, zone),
    redemptions,
    href: redemptionsHref(campaignPath, { from: begins, to: steps[index + 1]?.begins ?? to }),
  }));
  return (
    <section aria-labelledby="over-time" className="flex max-w-3xl flex-col gap-3">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 id="over-time" className="text-lg font-semibold">
          Redemptions over time
        </h2>
        <span className="num text-mute">{`${formatCount(all, "redemption")} in ${spans[span].label}`}</span>
        <nav aria-label="Range of time" className="ml-auto flex gap-3">
          {spanNames.map((name) => (
            <Link
              key={name}
              href={`${campaignPath}?over=${name}`}
              scroll={false}
              prefetch={false}
              aria-current={name === span ? "true" : undefined}
              className={cx("inline-flex min-h-6 items-center", name === span ? "font-medium" : "link")}
            >
              {spans[name].label}
            </Link>
          ))}
        </nav>
      </div>
      <Chart points={points} />
      <details>
        <summary className="w-fit cursor-pointer text-mute">{`As a table, on the clocks of ${zone}`}</summary>
        <Table caption="Redemptions over time" className="mt-2 border-t">
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col" className="end">
                Redemptions
              </th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ from, redemptions, href }) => (
              <tr key={href}>
                <th scope="row" className="num font-normal">
                  {from}
                </th>
                <td className="num end">
                  {redemptions === 0 ? (
                    formatNumber(0)
                  ) : (
                    <Link prefetch={false} href={href} className="link">
                      {formatNumber(redemptions)}
                    </Link>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      </details>
    </section>
  );
}
