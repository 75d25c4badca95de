import Link from "next/link";
import { Table } from "@/components/ui/table";
import type { Campaign } from "@/lib/campaigns/queries";
import { formatNumber } from "@/lib/format";
import { scheduleText } from "./schedule";
import { StatusTag } from "./status-tag";

type CampaignTableProps = { campaigns: Campaign[]; timeZone: string; now: Date };

/** The campaigns of an application; each name leads into its campaign. */
export function CampaignTable({ campaigns, timeZone, now }: CampaignTableProps) {
  return (
    <Table caption="Campaigns" className="border-t [&_:is(th,td):first-child]:pl-4 sm:[&_:is(th,td):first-child]:pl-6">
      <thead>
        <tr>
          <th scope="col">Campaign</th>
          <th scope="col">State</th>
          <th scope="col">Features</th>
          <th scope="col" className="end">
            Codes
          </th>
          <th scope="col">Schedule ({timeZone})</th>
        </tr>
      </thead>
      <tbody>
        {campaigns.map((campaign) => (
          <tr key={campaign.id}>
            <th scope="row">
              <Link
                href={`/applications/${campaign.applicationId}/campaigns/${campaign.id}`}
                className="inline-flex min-h-6 items-center underline-offset-2 hover:underline"
              >
                {campaign.name}
              </Link>
            </th>
            <td>
              <StatusTag campaign={campaign} now={now} />
            </td>
            <td className="text-mute">{campaign.features.map(featureName).join(", ") || "None"}</td>
            <td className="num end">{formatNumber(campaign.referralCount)}</td>
            <td className="num text-mute">{scheduleText(campaign, timeZone)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function featureName(feature: string): string {
  return feature.charAt(0).toUpperCase() + feature.slice(1);
}
