import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FeatureOff } from "@/components/campaigns/feature-off";
import { ColumnsTable } from "@/components/imports/columns-table";
import { UploadForm } from "@/components/imports/upload-form";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { campaignAt } from "@/lib/page";
import { referralPaths } from "@/lib/referrals/list/search-params";

export const metadata: Metadata = { title: "Import referrals" };

type Props = { params: Promise<{ applicationId: string; campaignId: string }> };

export default async function ImportPage({ params }: Props) {
  const { scope, campaign } = (await campaignAt(params, "referrals.import")) ?? notFound();
  if (!campaign.hasReferrals) return <FeatureOff campaign={campaign} title="Import referrals" />;
  const paths = referralPaths(scope.ids);
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
