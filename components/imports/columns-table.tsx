import { Download } from "lucide-react";
import { buttonClass } from "@/components/ui/button-class";
import { Table } from "@/components/ui/table";
import { withBase } from "@/lib/base-path";
import { formatNumber } from "@/lib/format";
import { fileBytesMaxText, fileRowsMax } from "@/lib/imports/schema";
import type { ImportColumn } from "@/lib/referrals/csv";

const columns: { name: ImportColumn; required: boolean; holds: string; example: string }[] = [
  {
    name: "code",
    required: true,
    holds: "4 to 100 letters, digits and . _ % + @ # -; new in this application",
    example: "WELCOME-ANN-7",
  },
  {
    name: "advocateprofileintegrationid",
    required: true,
    holds: "The advocate’s Integration ID, up to 1,000 characters",
    example: "cust_ann",
  },
  {
    name: "startdate",
    required: false,
    holds: "Valid from: a date, or a date and a time; blank for no start",
    example: "2027-01-01T00:00:00+01:00",
  },
  {
    name: "expirydate",
    required: false,
    holds: "Valid until: a date, which counts whole, or a time, exclusive; blank for no end",
    example: "2027-12-31",
  },
  {
    name: "limitval",
    required: false,
    holds: "Redemption limit up to 999,999; 0 is unlimited, blank is 1",
    example: "5",
  },
  {
    name: "attributes",
    required: false,
    holds: "A JSON object in quotes, each quote in it doubled; or a column for each, such as attributes.tier",
    example: '"{""channel"": ""web""}"',
  },
];

/** What a file to import looks like, and a sample of it. */
export function ColumnsTable({ samplePath }: { samplePath: string }) {
  return (
    <section aria-labelledby="columns" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div className="min-w-0 flex-1 basis-72">
          <h2 id="columns" className="text-lg font-semibold">
            What the file looks like
          </h2>
          <p className="text-pretty text-mute">
            Text up to {fileBytesMaxText} and {formatNumber(fileRowsMax)} rows, separated by comma, semicolon or tab.
            The first line names the columns, in any order; what they hold is proposed by their names, and you can say
            it. An export can be imported as it is. One that was made “to change and upload again” changes codes
            instead: only the cells that you changed.
          </p>
        </div>
        <a href={withBase(samplePath)} download className={buttonClass("plain")}>
          <Download aria-hidden="true" className="size-3.5" />
          Download a sample file
        </a>
      </div>
      <Table caption="Columns of the file" className="border-t">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Needed</th>
            <th scope="col">What it holds</th>
            <th scope="col">Example</th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ name, required, holds, example }) => (
            <tr key={name}>
              <th scope="row" className="mono font-normal">
                {name}
              </th>
              <td>{required ? "yes" : <span className="text-mute">optional</span>}</td>
              <td>{holds}</td>
              <td className="mono">{example}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
