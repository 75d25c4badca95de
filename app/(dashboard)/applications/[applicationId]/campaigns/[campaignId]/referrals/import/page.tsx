import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FeatureOff } from "@/components/campaigns/feature-off";
import { ColumnsTable } from "@/components/imports/columns-table";
import { UploadForm } from "@/components/imports/upload-form";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/access/actor";
import { getCampaign } from "@/lib/campaigns/queries";
import { referralPaths } from "@/lib/referrals/search-params";

export const metadata: Metadata = { title: "Import referrals" };

type Props = { params: Promise<{ applicationId: string; campaignId: string }> };

export default async function ImportPage({ params }: Props) {
  const { applicationId, campaignId } = await params;
  const campaign = (await getCampaign(await currentActor(), applicationId, campaignId)) ?? notFound();
  if (!campaign.hasReferrals) return <FeatureOff campaign={campaign} title="Import referrals" />;
  const paths = referralPaths({ applicationId: campaign.applicationId, campaignId: campaign.id });
  return (
    <>
      <PageHeader
        back={{ href: paths.list(), label: "Referrals" }}
        title="Import referrals"
        description="The whole file is read and checked first. Nothing is written until you have seen the result and say so."
      />
      <PageBody>
        <UploadForm importPath={paths.import} />
        <ColumnsTable samplePath={`${paths.import}/sample`} />
      </PageBody>
    </>
  );
}
