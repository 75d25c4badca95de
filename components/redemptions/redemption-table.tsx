import Link from "next/link";
import { Moment } from "@/components/ui/moment";
import { Table } from "@/components/ui/table";
import type { CampaignIds } from "@/lib/access/scope";
import type { ListedRedemption } from "@/lib/redemptions/list";
import { referralPaths } from "@/lib/referrals/list/search-params";
import { shopPaths } from "@/lib/sessions/search-params";

type RedemptionTableProps = { scope: CampaignIds; rows: ListedRedemption[]; zone: string };

/** Redemptions, each with its code and its friend. */
export function RedemptionTable({ scope, rows, zone }: RedemptionTableProps) {
  const paths = referralPaths(scope);
  return (
    <Table caption="Redemptions, newest first" className="border-t">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Code</th>
          <th scope="col">Friend</th>
          <th scope="col">Session</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, referralId, code, friendIntegrationId, sessionIntegrationId, created }) => (
          <tr key={id}>
            <td className="num">
              <Moment at={created} zone={zone} />
            </td>
            <th scope="row" className="font-normal">
              {referralId === null ? (
                <>
                  <span className="mono">{code}</span> <span className="text-mute">(deleted)</span>
                </>
              ) : (
                <Link prefetch={false} href={paths.referral(referralId)} className="link mono">
                  {code}
                </Link>
              )}
            </th>
            <td className="max-w-60 truncate" title={friendIntegrationId}>
              <Link
                prefetch={false}
                href={shopPaths(scope.applicationId).customer(friendIntegrationId)}
                className="link"
              >
                {friendIntegrationId}
              </Link>
            </td>
            <td className="mono max-w-60 truncate" title={sessionIntegrationId}>
              {sessionIntegrationId}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
