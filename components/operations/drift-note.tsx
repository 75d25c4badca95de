import { fieldLabel, fieldValueText } from "@/components/operations/field-value";
import { Banner } from "@/components/ui/banner";
import { Table } from "@/components/ui/table";
import type { Reading } from "@/lib/attributes/titles";
import { formatNumber } from "@/lib/format";
import type { Drift } from "@/lib/operations/rules";

/** What changed between a plan and the attempt to apply it: nothing was done, and these rows say why. */
export function DriftNote({
  message,
  drift,
  reading,
}: {
  message: string;
  drift: { total: number; rows: Drift[] };
  reading: Reading;
}) {
  return (
    <Banner tone="warning" title={message} live>
      {drift.rows.length > 0 && (
        <Table caption="What changed meanwhile" className="mt-2 max-h-60 overflow-auto rounded-md border">
          <thead>
            <tr>
              <th scope="col">Code</th>
              <th scope="col">Field</th>
              <th scope="col">In the plan</th>
              <th scope="col">Now</th>
            </tr>
          </thead>
          <tbody>
            {drift.rows.map((row) => (
              <tr key={`${row.code} ${row.field}`}>
                <th scope="row" className="mono font-normal">
                  {row.code}
                </th>
                <td>{row.field === null ? "deleted" : fieldLabel(row.field, reading)}</td>
                <td className="text-mute">
                  {row.field === null ? "" : fieldValueText(row.field, row.planned, reading)}
                </td>
                <td>{row.field === null ? "" : fieldValueText(row.field, row.now, reading)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {drift.total > 1 && <p className="mt-1 text-mute">{formatNumber(drift.total)} codes in all.</p>}
    </Banner>
  );
}
