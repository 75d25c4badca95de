import { notFound } from "next/navigation";
import { Suspense } from "react";
import { Figures, NoFigures } from "@/components/campaigns/figures";
import { LatestOperations } from "@/components/campaigns/latest-operations";
import { NextSteps } from "@/components/campaigns/next-steps";
import { scheduleText } from "@/components/campaigns/schedule";
import { StatusTag } from "@/components/campaigns/status-tag";
import { ChartSection } from "@/components/redemptions/chart-section";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button-link";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import type { Scope } from "@/lib/access/scope";
import { type Campaign, countCampaign } from "@/lib/campaigns/queries";
import { countOrNull } from "@/lib/count-or-null";
import { listOperations } from "@/lib/operations/queries";
import { campaignAt } from "@/lib/page";
import { redemptionSeries } from "@/lib/redemptions/series";
import { type Span, spanOf, spanStart, spans } from "@/lib/redemptions/spans";
import type { SearchParams } from "@/lib/search-params";

type Props = { params: Promise<{ applicationId: string; campaignId: string }>; searchParams: Promise<SearchParams> };

export default async function OverviewPage({ params, searchParams }: Props) {
  const { scope, campaign } = (await campaignAt(params, "referrals.read")) ?? notFound();
  const path = `/applications/${campaign.applicationId}/campaigns/${campaign.id}`;
  const { timeZone } = campaign.application;
  const now = new Date();
  const span = spanOf((await searchParams).over);
  const operations = (await listOperations(scope, { before: null, size: 5 })).rows;
  return (
    <>
      <PageHeader
        title={campaign.name}
        count={<StatusTag campaign={campaign} now={now} />}
        description={`${campaign.description} ${runsText(campaign, timeZone)}`.trim()}
        actions={campaign.hasReferrals && <ButtonLink href={`${path}/referrals`}>Open referrals</ButtonLink>}
      />
      <PageBody>
        <NextSteps campaign={campaign} campaignPath={path} now={now} />
        {campaign.referralCount > 0 && (
          <Suspense fallback={<Figures codes={campaign.referralCount} />}>
            <CountedFigures scope={scope} codes={campaign.referralCount} now={now} />
          </Suspense>
        )}
        {campaign.referralCount > 0 && (
          <Suspense key={span} fallback={<p className="h-64 text-mute">Counting redemptions …</p>}>
            <OverTime {...{ scope, span, now, timeZone }} campaignPath={path} />
          </Suspense>
        )}
        {(operations.length > 0 || campaign.referralCount > 0) && (
          <section aria-labelledby="latest" className="flex max-w-3xl flex-col gap-2">
            <h2 id="latest" className="text-lg font-semibold">
              Latest operations
            </h2>
            <LatestOperations operations={operations} campaignPath={path} timeZone={timeZone} />
          </section>
        )}
      </PageBody>
    </>
  );
}

/** Counting reads every code of the campaign; the rest of the page does not wait for it. */
async function CountedFigures({ scope, codes, now }: { scope: Scope<"referrals.read">; codes: number; now: Date }) {
  const counts = await countOrNull(countCampaign(scope, now));
  return counts ? <Figures codes={codes} counts={counts} /> : <NoFigures codes={codes} />;
}

type OverTimeProps = { scope: Scope<"referrals.read">; span: Span; now: Date; timeZone: string; campaignPath: string };

async function OverTime({ scope, span, now: to, timeZone: zone, campaignPath }: OverTimeProps) {
  const { granularity } = spans[span];
  const range = { from: spanStart(span, to, zone), to, granularity, zone, within: true };
  const steps = await countOrNull(redemptionSeries(scope, range));
  if (!steps)
    return <Banner tone="warning">The redemptions could not be counted. Load the page again to try once more.</Banner>;
  return <ChartSection {...{ steps, span, to, campaignPath, zone }} />;
}

function runsText(campaign: Campaign, timeZone: string): string {
  const text = scheduleText(campaign, timeZone);
  const words = `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
  return campaign.startTime || campaign.endTime ? `Runs ${words}.` : `Runs with ${words}.`;
}
