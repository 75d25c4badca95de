import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FeatureOff } from "@/components/campaigns/feature-off";
import { History } from "@/components/referrals/history";
import { QuickEditMenu } from "@/components/referrals/quick-edit/quick-edit-menu";
import { ReferralFacts } from "@/components/referrals/referral-facts";
import { SharePanel } from "@/components/referrals/share/share-panel";
import { StatusTag } from "@/components/referrals/status-tag";
import { ButtonLink } from "@/components/ui/button-link";
import { CopyButton } from "@/components/ui/copy-button";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { linkOf } from "@/lib/campaigns/links";
import type { Campaign } from "@/lib/campaigns/queries";
import { type SharedCode, shareTextOf } from "@/lib/campaigns/share-text";
import { idField } from "@/lib/codes/schema";
import { statusOf } from "@/lib/codes/status";
import { campaignAt } from "@/lib/page";
import { codeById, getReferral } from "@/lib/referrals/detail";
import { referralPaths } from "@/lib/referrals/list/search-params";
import { timelineOf } from "@/lib/referrals/timeline";
import { shopPaths } from "@/lib/sessions/search-params";

type Props = { params: Promise<{ applicationId: string; campaignId: string; referralId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const place = await campaignAt(params, "referrals.read");
  const code = place?.campaign.hasReferrals ? await codeById(place.scope, (await params).referralId) : null;
  return { title: code ?? "Referral" };
}

export default async function ReferralPage({ params }: Props) {
  const { referralId } = await params;
  const { scope, campaign } = (await campaignAt(params, "referrals.read")) ?? notFound();
  if (!campaign.hasReferrals) return <FeatureOff campaign={campaign} title="Referral" />;
  if (!idField.safeParse(referralId).success) notFound();
  const referral = (await getReferral(scope, referralId)) ?? notFound();
  const timeline = await timelineOf(scope, referralId, 200);
  const paths = referralPaths(scope.ids);
  const reading = campaign.application;
  const now = new Date();
  return (
    <>
      <PageHeader
        back={{ href: paths.list(), label: "Referrals" }}
        title={
          <CopyButton value={referral.code} label={`code ${referral.code}`} className="h-auto">
            <span className="mono whitespace-normal [overflow-wrap:anywhere]">{referral.code}</span>
          </CopyButton>
        }
        count={<StatusTag status={statusOf(referral, now)} />}
        actions={
          <>
            <ButtonLink href={shopPaths(scope.ids.applicationId).check({ code: referral.code })}>Check</ButtonLink>
            <ButtonLink data-needs="referrals.delete" href={paths.delete(referralId)}>
              Delete
            </ButtonLink>
            <QuickEditMenu
              scope={scope.ids}
              about={{
                selection: { by: "ids", ids: [referralId] },
                about: referral.code,
                formPath: paths.edit(referralId),
              }}
            />
            <ButtonLink data-needs="referrals.edit" variant="primary" href={paths.edit(referralId)}>
              Edit referral
            </ButtonLink>
          </>
        }
      />
      <PageBody>
        <ReferralFacts
          referral={referral}
          paths={paths}
          reading={reading}
          customer={shopPaths(scope.ids.applicationId).customer}
          now={now}
        />
        <SharePanel
          referralId={referralId}
          code={referral.code}
          link={campaign.linkPattern ? linkOf(campaign.linkPattern, referral.code) : null}
          text={sharedText(campaign, referral)}
          paths={paths}
          settingsPath={paths.settings}
        />
        <section aria-labelledby="history" className="flex max-w-3xl flex-col gap-2">
          <h2 id="history" className="text-lg font-semibold">
            History
          </h2>
          <History timeline={timeline} applicationId={scope.ids.applicationId} paths={paths} reading={reading} />
        </section>
      </PageBody>
    </>
  );
}

/** What an advocate is sent with a code; null where the campaign has no text for it. */
function sharedText({ shareText, linkPattern, application }: Campaign, referral: SharedCode): string | null {
  return shareText === "" ? null : shareTextOf(shareText, referral, { linkPattern, zone: application.timeZone });
}
