import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FeatureOff } from "@/components/campaigns/feature-off";
import { EditForm } from "@/components/referrals/edit/edit-form";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/access/actor";
import { listAttributes } from "@/lib/attributes/queries";
import { getCampaign } from "@/lib/campaigns/queries";
import type { Selection } from "@/lib/operations/schema";
import { getSubject } from "@/lib/operations/subject";
import { codeByAddress } from "@/lib/referrals/detail";
import { idField } from "@/lib/referrals/schema";
import { referralPaths } from "@/lib/referrals/search-params";

type Props = { params: Promise<{ applicationId: string; campaignId: string; referralId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const code = await codeByAddress(await currentActor(), await params);
  return { title: code ? `Edit ${code}` : "Edit referral" };
}

export default async function EditReferralPage({ params }: Props) {
  const { applicationId, campaignId, referralId } = await params;
  const actor = await currentActor();
  const campaign = (await getCampaign(actor, applicationId, campaignId)) ?? notFound();
  if (!campaign.hasReferrals) return <FeatureOff campaign={campaign} title="Edit referral" />;
  if (!idField.safeParse(referralId).success) notFound();
  const scope = { applicationId: campaign.applicationId, campaignId: campaign.id };
  const paths = referralPaths(scope);
  const selection: Selection = { by: "ids", ids: [referralId] };
  const subject = (await getSubject(actor, scope, selection)) ?? notFound();
  return (
    <>
      <PageHeader
        back={{ href: paths.referral(referralId), label: subject.code ?? "Referral" }}
        title={
          <>
            Edit <span className="mono">{subject.code}</span>
          </>
        }
        description={`Advocate ${subject.advocateIntegrationId}. The code and its advocate never change.`}
      />
      <EditForm
        scope={scope}
        selection={selection}
        subject={subject}
        attributes={await listAttributes(actor, scope.applicationId)}
        zone={campaign.application.timeZone}
        donePath={paths.referral(referralId)}
        operationsPath={paths.operations}
        cancelPath={paths.referral(referralId)}
      />
    </>
  );
}
