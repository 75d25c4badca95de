import { notFound } from "next/navigation";
import { Figures, NoFigures } from "@/components/campaigns/figures";
import { LatestOperations } from "@/components/campaigns/latest-operations";
import { NextSteps } from "@/components/campaigns/next-steps";
import { scheduleText } from "@/components/campaigns/schedule";
import { StatusTag } from "@/components/campaigns/status-tag";
import { AttentionSection } from "@/components/overview/attention";
import { BestSections } from "@/components/overview/best";
import { OverTimeSection } from "@/components/overview/over-time";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button-link";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import type { Scope } from "@/lib/access/scope";
import type { Campaign } from "@/lib/campaigns/queries";
import { countStatuses } from "@/lib/codes/counts";
import { countOrNull } from "@/lib/count-or-null";
import { latestOperations } from "@/lib/operations/queries";
import { findBest } from "@/lib/overview/best";
import { attentions, overviewLinks } from "@/lib/overview/links";
import { countOverTime } from "@/lib/overview/over-time";
import { instantsOf, type OverviewRange, readRange } from "@/lib/overview/range";
import { campaignAt } from "@/lib/page";
import { countFound } from "@/lib/referrals/list/queries";
import type { SearchParams } from "@/lib/search-params";

type Props = { params: Promise<{ applicationId: string; campaignId: string }>; searchParams: Promise<SearchParams> };

export default async function OverviewPage({ params, searchParams }: Props) {
  const { scope, campaign } = (await campaignAt(params, "referrals.read")) ?? notFound();
  const path = `/applications/${campaign.applicationId}/campaigns/${campaign.id}`;
  const { timeZone: zone } = campaign.application;
  const now = new Date();
  const { range, notes } = readRange(await searchParams, now, zone);
  const operations = await latestOperations(scope, 5);
  return (
    <>
      <PageHeader
        title={campaign.name}
        count={<StatusTag campaign={campaign} now={now} />}
        description={`${campaign.description} ${runsText(campaign, zone)}`.trim()}
        actions={campaign.hasReferrals && <ButtonLink href={`${path}/referrals`}>Open referrals</ButtonLink>}
      />
      {notes.map((note) => (
        <Banner key={note} tone="warning">
          {note}
        </Banner>
      ))}
      <PageBody>
        <NextSteps campaign={campaign} campaignPath={path} now={now} />
        {campaign.referralCount > 0 && <AllFigures {...{ scope, campaign, range, now }} />}
        {(operations.length > 0 || campaign.referralCount > 0) && (
          <section aria-labelledby="latest" className="flex flex-col gap-2">
            <h2 id="latest" className="text-lg font-semibold">
              Latest operations
            </h2>
            <LatestOperations operations={operations} campaignPath={path} timeZone={zone} />
          </section>
        )}
      </PageBody>
    </>
  );
}

type AllFiguresProps = { scope: Scope<"referrals.read">; campaign: Campaign; range: OverviewRange; now: Date };

/** All that is counted, at once: the page is whole without a script. What cannot be counted says so, and the rest stands. */
async function AllFigures({ scope, campaign, range, now }: AllFiguresProps) {
  const { timeZone: zone } = campaign.application;
  const links = overviewLinks(scope.ids, zone);
  const period = instantsOf(range.period, zone);
  const [statuses, overTime, best, found] = await Promise.all([
    countOrNull(countStatuses(scope, now)),
    countOrNull(countOverTime(scope, range, zone)),
    countOrNull(findBest(scope, period)),
    countOrNull(
      Promise.all(
        attentions(now, zone).map(async (attention) => ({
          attention,
          tally: await countFound(scope, { ...attention, zone, now }),
        })),
      ),
    ),
  ]);
  const statusLinks = {
    codes: links.codes({}),
    active: links.codes({ status: ["active"] }),
    scheduled: links.codes({ status: ["scheduled"] }),
    usedUp: links.codes({ status: ["used up"] }),
    expired: links.codes({ status: ["expired"] }),
  };
  return (
    <>
      {statuses ? (
        <Figures codes={campaign.referralCount} counts={statuses} links={statusLinks} />
      ) : (
        <NoFigures codes={campaign.referralCount} />
      )}
      {overTime && <OverTimeSection {...{ range, links, zone }} counted={overTime} />}
      <div className="grid gap-x-8 gap-y-6 @3xl:grid-cols-3">
        {best && <BestSections {...{ best, links, zone }} to={period.to} />}
        {found && <AttentionSection found={found} links={links} />}
      </div>
      {!(overTime && best && found) && (
        <Banner tone="warning">Some figures could not be counted. Load the page again to try once more.</Banner>
      )}
    </>
  );
}

function runsText(campaign: Campaign, timeZone: string): string {
  const text = scheduleText(campaign, timeZone);
  const words = `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
  return campaign.startTime || campaign.endTime ? `Runs ${words}.` : `Runs with ${words}.`;
}
