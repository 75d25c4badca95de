import { Table } from "@/components/ui/table";
import { withBase } from "@/lib/base-path";
import { formatNumber } from "@/lib/format";
import type { LineProblem } from "@/lib/imports/queries";
import { rowSentence } from "@/lib/referrals/row-reasons";

type Props = { problems: LineProblem[]; failedCount: number; shownRows: number; failedRowsPath: string };

/** What is wrong, line by line; the rest is in the file of failed rows. */
export function ProblemsTable({ problems, failedCount, shownRows, failedRowsPath }: Props) {
  return (
    <section aria-labelledby="problems" className="flex flex-col gap-2">
      <h2 id="problems" className="text-lg font-semibold">
        Problems
      </h2>
      {failedCount > shownRows && (
        <p className="text-mute">
          {shownRows === 1 ? "This is the first row" : `These are the first ${formatNumber(shownRows)} rows`} with
          problems.{" "}
          <a href={withBase(failedRowsPath)} download className="link">
            The file of failed rows
          </a>{" "}
          has all {formatNumber(failedCount)}.
        </p>
      )}
      <Table caption="Problems of the file" className="border-t">
        <thead>
          <tr>
            <th scope="col" className="end">
              Line
            </th>
            <th scope="col">Column</th>
            <th scope="col">Value</th>
            <th scope="col">What is expected</th>
          </tr>
        </thead>
        <tbody>
          {problems.map(({ line, column, value, reason, more }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list does not change; its texts as keys would be sent twice.
            <tr key={index}>
              <th scope="row" className="num end font-normal">
                {formatNumber(line)}
              </th>
              <td className="mono">{column}</td>
              <td className="mono max-w-72 whitespace-pre-wrap [overflow-wrap:anywhere]">
                {value === "" ? <span className="font-sans text-mute">empty</span> : value}
              </td>
              <td className="min-w-72 py-2 whitespace-normal">
                {rowSentence(reason)}
                {more !== undefined && <span className="text-mute"> And {formatNumber(more)} more in this row.</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
