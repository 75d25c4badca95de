import Link from "next/link";
import { Table } from "@/components/ui/table";
import { formatNumber } from "@/lib/format";
import type { OverTime } from "@/lib/overview/over-time";
import type { OverviewRange } from "@/lib/overview/range";
import { periodText } from "@/lib/overview/words";
import type { Series } from "./over-time";

type StepTableProps = { range: OverviewRange; counted: OverTime; series: Series[]; zone: string };

/** The charts as a table: a line a step, with the time before beside it. */
export function StepTable({ range, counted, series, zone }: StepTableProps) {
  return (
    <details>
      <summary className="w-fit cursor-pointer text-mute">{`As a table, on the clocks of ${zone}`}</summary>
      <Table caption="Codes made and redemptions over time" className="mt-2 border-t">
        <thead>
          <tr>
            <th scope="col">When</th>
            {series.map(({ key, title }) => (
              <th key={key} scope="col" className="end">
                {title}
              </th>
            ))}
            <th scope="col">The time before</th>
            {series.map(({ key, title }) => (
              <th key={key} scope="col" className="end">
                {`${title} before`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {range.steps.map(({ period, before }, index) => (
            <tr key={period.from}>
              <th scope="row" className="num font-normal">
                {periodText(period)}
              </th>
              {series.map(({ key, href }) => (
                <Cell key={key} count={counted.steps[index]?.now[key] ?? 0} href={href(period)} />
              ))}
              <td className="num text-mute">{periodText(before)}</td>
              {series.map(({ key, href }) => (
                <Cell key={key} count={counted.steps[index]?.before[key] ?? 0} href={href(before)} />
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </details>
  );
}

function Cell({ count, href }: { count: number; href: string }) {
  return (
    <td className="num end">
      {count === 0 ? (
        formatNumber(0)
      ) : (
        <Link prefetch={false} href={href} className="link">
          {formatNumber(count)}
        </Link>
      )}
    </td>
  );
}
