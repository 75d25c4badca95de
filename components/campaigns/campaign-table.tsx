import Link from "next/link";
import { Sparkline } from "@/components/overview/sparkline";
import { Table } from "@/components/ui/table";
import type { Campaign } from "@/lib/campaigns/queries";
import { formatNumber } from "@/lib/format";
import { overviewLinks } from "@/lib/overview/links";
import type { redemptionTrends } from "@/lib/overview/trends";
import { scheduleText } from "./schedule";
import { StatusTag } from "./status-tag";

type Trends = Awaited<ReturnType<typeof redemptionTrends>>;
type CampaignTableProps = {
  campaigns: Campaign[];
  /** Their redemptions of late; null where they could not be counted. */
  trends: Trends | null;
  timeZone: string;
  now: Date;
};

/** The campaigns of an application; each name leads into its campaign. */
export function CampaignTable({ campaigns, trends, timeZone, now }: CampaignTableProps) {
  return (
    <Table caption="Campaigns" flush>
      <thead>
        <tr>
          <th scope="col">Campaign</th>
          <th scope="col">State</th>
          <th scope="col">Features</th>
          <th scope="col" className="end">
            Codes
          </th>
          <th scope="col" className="end">
            Redemptions, 30 days
          </th>
          <th scope="col">Trend</th>
          <th scope="col">Schedule ({timeZone})</th>
        </tr>
      </thead>
      <tbody>
        {campaigns.map((campaign) => (
          <tr key={campaign.id}>
            <th scope="row">
              <Link
                href={`/applications/${campaign.applicationId}/campaigns/${campaign.id}`}
                className="block w-max max-w-44 py-1 whitespace-normal underline-offset-2 [overflow-wrap:anywhere] hover:underline sm:max-w-80"
              >
                {campaign.name}
              </Link>
            </th>
            <td>
              <StatusTag campaign={campaign} now={now} />
            </td>
            <td className="text-mute">{campaign.features.map(featureName).join(", ") || "None"}</td>
            <td className="num end">
              <Count count={campaign.referralCount} href={overviewLinks(idsOf(campaign), timeZone).codes({})} />
            </td>
            <TrendCells campaign={campaign} trends={trends} timeZone={timeZone} />
            <td className="num text-mute">{scheduleText(campaign, timeZone)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const idsOf = ({ applicationId, id }: Campaign) => ({ applicationId, campaignId: id });

function TrendCells({
  campaign,
  trends,
  timeZone,
}: { campaign: Campaign } & Pick<CampaignTableProps, "trends" | "timeZone">) {
  const trend = trends?.trends.get(campaign.id);
  const href = trends ? overviewLinks(idsOf(campaign), timeZone).redemptions({ from: trends.from, to: trends.to }) : "";
  return (
    <>
      <td className="num end">{trends ? <Count count={trend?.total ?? 0} href={href} /> : "not counted"}</td>
      <td>{trend && <Sparkline days={trend.days} />}</td>
    </>
  );
}

function Count({ count, href }: { count: number; href: string }) {
  if (count === 0) return formatNumber(0);
  return (
    <Link prefetch={false} href={href} className="link">
      {formatNumber(count)}
    </Link>
  );
}

function featureName(feature: string): string {
  return feature.charAt(0).toUpperCase() + feature.slice(1);
}
