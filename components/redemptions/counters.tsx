import Link from "next/link";
import { Banner } from "@/components/ui/banner";
import { Table } from "@/components/ui/table";
import type { CampaignIds } from "@/lib/access/scope";
import { formatCount, formatNumber } from "@/lib/format";
import type { Miscounted } from "@/lib/redemptions/check";
import { referralPaths } from "@/lib/referrals/list/search-params";
import { RepairButton } from "./repair-button";

type Props = { scope: CampaignIds; wrong: number; rows: Miscounted[]; codes: number };

/** Whether the counters of codes are what the ledger of redemptions says, and a way to make them so. */
export function Counters({ scope, wrong, rows, codes }: Props) {
  if (wrong === 0)
    return (
      <Banner title="Everything is as it should be">
        <p>{`The counters of ${formatCount(codes, "code")} are the sums of their redemptions, in the lists too.`}</p>
      </Banner>
    );
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <Banner tone="error" title={`${formatCount(wrong, "code")} counted wrongly`}>
        <p>
          The ledger, which has a row for each redemption, is right. Setting the counters to it changes nothing else;
          the server’s log keeps what they were.
        </p>
      </Banner>
      <RepairButton scope={scope} />
      <Table caption="Codes that are counted wrongly" className="border-t">
        <thead>
          <tr>
            <th scope="col">Code</th>
            <th scope="col" className="end">
              Counter
            </th>
            <th scope="col" className="end">
              Ledger
            </th>
            <th scope="col" className="end">
              In lists
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ referralId, code, counter, ledger, listed }) => (
            <tr key={referralId}>
              <th scope="row" className="font-normal">
                <Link prefetch={false} href={referralPaths(scope).referral(referralId)} className="link mono">
                  {code}
                </Link>
              </th>
              <td className="num end">{formatNumber(counter)}</td>
              <td className="num end">{formatNumber(ledger)}</td>
              <td className="num end">{formatNumber(listed)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      {wrong > rows.length && <p className="text-mute">{`The first ${rows.length} of ${formatNumber(wrong)}.`}</p>}
    </div>
  );
}
