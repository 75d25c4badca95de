import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FeatureOff } from "@/components/campaigns/feature-off";
import { History } from "@/components/referrals/history";
import { Redemptions } from "@/components/referrals/redemptions";
import { ReferralFacts } from "@/components/referrals/referral-facts";
import { StatusTag } from "@/components/referrals/status-tag";
import { ButtonLink } from "@/components/ui/button-link";
import { CopyButton } from "@/components/ui/copy-button";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/access/actor";
import { getCampaign } from "@/lib/campaigns/queries";
import { listHistory } from "@/lib/operations/queries";
import { codeByAddress, getReferral, listRedemptions } from "@/lib/referrals/detail";
import { statusOf } from "@/lib/referrals/rules";
import { idField } from "@/lib/referrals/schema";
import { referralPaths } from "@/lib/referrals/search-params";

type Props = { params: Promise<{ applicationId: string; campaignId: string; referralId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const code = await codeByAddress(await currentActor(), await params);
  return { title: code ?? "Referral" };
}

export default async function ReferralPage({ params }: Props) {
  const { applicationId, campaignId, referralId } = await params;
  const actor = await currentActor();
  const campaign = (await getCampaign(actor, applicationId, campaignId)) ?? notFound();
  if (!campaign.hasReferrals) return <FeatureOff campaign={campaign} title="Referral" />;
  if (!idField.safeParse(referralId).success) notFound();
  const scope = { applicationId: campaign.applicationId, campaignId: campaign.id };
  const referral = (await getReferral(actor, scope, referralId)) ?? notFound();
  const [history, redemptions] = await Promise.all([
    listHistory(actor, scope, referralId, 100),
    listRedemptions(actor, scope, referralId, 100),
  ]);
  const paths = referralPaths(scope);
  const reading = campaign.application;
  return (
    <>
      <PageHeader
        back={{ href: paths.list(), label: "Referrals" }}
        title={
          <CopyButton value={referral.code} label={`code ${referral.code}`} className="h-auto">
            <span className="mono whitespace-normal [overflow-wrap:anywhere]">{referral.code}</span>
          </CopyButton>
        }
        count={<StatusTag status={statusOf(referral, new Date())} />}
        actions={
          <>
            <ButtonLink href={paths.delete(referralId)}>Delete</ButtonLink>
            <ButtonLink variant="primary" href={paths.edit(referralId)}>
              Edit referral
            </ButtonLink>
          </>
        }
      />
      <PageBody>
        <ReferralFacts referral={referral} paths={paths} reading={reading} />
        <Redemptions redemptions={redemptions} counted={referral.usageCounter} zone={reading.timeZone} />
        <section aria-labelledby="history" className="flex max-w-3xl flex-col gap-2">
          <h2 id="history" className="text-lg font-semibold">
            History
          </h2>
          <History entries={history} paths={paths} reading={reading} />
        </section>
      </PageBody>
    </>
  );
}
