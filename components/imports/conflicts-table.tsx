import Link from "next/link";
import { fieldLabel, fieldValueText } from "@/components/operations/field-value";
import { Moment } from "@/components/ui/moment";
import { Table } from "@/components/ui/table";
import type { Reading } from "@/lib/attributes/titles";
import { formatCount, formatNumber } from "@/lib/format";
import type { FoundConflicts } from "@/lib/imports/changes";
import type { referralPaths } from "@/lib/referrals/list/search-params";
import { shortened } from "@/lib/shortened";

type Props = { found: FoundConflicts; paths: ReturnType<typeof referralPaths>; reading: Reading };

/** How much of a value stands in a cell. */
const valueRoom = 80;

/** The cells that both a file and somebody else changed since it was made: as they were, as each has them, and who did it. */
export function ConflictsTable({ found: { conflicts, cells, codes }, paths, reading }: Props) {
  const told = (field: string, value: unknown) => shortened(fieldValueText(field, value, reading), valueRoom);
  return (
    <section aria-labelledby="conflicts" className="flex flex-col gap-2">
      <h2 id="conflicts" className="text-lg font-semibold">
        Changed by others meanwhile
      </h2>
      <p className="text-mute">
        {formatCount(cells, "cell")} of {formatCount(codes, "code")} {cells === 1 ? "holds" : "hold"} something else now
        than when the file was made, and something else than your file.
        {cells > conflicts.length && ` These are the first ${formatNumber(conflicts.length)}.`}
      </p>
      <Table caption="Cells that others changed meanwhile" className="border-t">
        <thead>
          <tr>
            <th scope="col">Code</th>
            <th scope="col">Field</th>
            <th scope="col">Was</th>
            <th scope="col">In your file</th>
            <th scope="col">Now</th>
            <th scope="col">Changed by</th>
          </tr>
        </thead>
        <tbody>
          {conflicts.map(({ referralId, code, field, was, wanted, now, by }) => (
            <tr key={`${referralId} ${field}`}>
              <th scope="row" className="mono font-normal">
                <Link prefetch={false} href={paths.referral(referralId)} className="hover:underline">
                  {code}
                </Link>
              </th>
              <td>{fieldLabel(field, reading)}</td>
              <td className="num text-mute">{told(field, was)}</td>
              <td className="num">{told(field, wanted)}</td>
              <td className="num">{told(field, now)}</td>
              <td className="num">
                {by && (
                  <>
                    {by.actor}, <Moment at={by.applied} zone={reading.timeZone} />
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
