import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { FeatureOff } from "@/components/campaigns/feature-off";
import { EditForm } from "@/components/referrals/edit/edit-form";
import { NothingSelected } from "@/components/referrals/nothing-selected";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/actor";
import { listAttributes } from "@/lib/attributes/queries";
import { getCampaign } from "@/lib/campaigns/queries";
import { formatCount } from "@/lib/format";
import { getSubject } from "@/lib/operations/subject";
import { batchIdField } from "@/lib/referrals/schema";
import { referralPaths } from "@/lib/referrals/search-params";

export const metadata: Metadata = { title: "Edit batch" };

type Props = { params: Promise<{ applicationId: string; campaignId: string }>; searchParams: Promise<SearchParams> };

export default async function EditBatchPage({ params, searchParams }: Props) {
  const { applicationId, campaignId } = await params;
  const actor = await currentActor();
  const campaign = (await getCampaign(actor, applicationId, campaignId)) ?? notFound();
  if (!campaign.hasReferrals) return <FeatureOff campaign={campaign} title="Edit batch" />;
  const scope = { applicationId: campaign.applicationId, campaignId: campaign.id };
  const paths = referralPaths(scope);
  const batch = batchIdField.safeParse((await searchParams).batch);
  const selection = { by: "batch", batchId: batch.data ?? "" } as const;
  const subject = batch.success ? await getSubject(actor, scope, selection) : null;
  if (!subject) return <NothingSelected title="Edit batch" listPath={paths.list()} />;
  return (
    <>
      <PageHeader
        back={{ href: paths.list({ batch: selection.batchId }), label: "Referrals" }}
        title={
          <>
            Edit batch <span className="mono">{selection.batchId}</span>
          </>
        }
        count={formatCount(subject.count, "code")}
      />
      <EditForm
        scope={scope}
        selection={selection}
        subject={subject}
        attributes={await listAttributes(actor, scope.applicationId)}
        zone={campaign.application.timeZone}
        donePath={null}
        operationsPath={paths.operations}
        cancelPath={paths.list({ batch: selection.batchId })}
      />
    </>
  );
}
