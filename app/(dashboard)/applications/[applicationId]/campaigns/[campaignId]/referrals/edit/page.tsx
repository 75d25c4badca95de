import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { FeatureOff } from "@/components/campaigns/feature-off";
import { EditForm } from "@/components/referrals/edit/edit-form";
import { NothingSelected } from "@/components/referrals/nothing-selected";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/access/actor";
import { listAttributes } from "@/lib/attributes/queries";
import { getCampaign } from "@/lib/campaigns/queries";
import { formatCount } from "@/lib/format";
import { getSubject } from "@/lib/operations/subject";
import { batchIdField, idField } from "@/lib/referrals/schema";
import { referralPaths } from "@/lib/referrals/search-params";

export const metadata: Metadata = { title: "Edit codes" };

type Props = { params: Promise<{ applicationId: string; campaignId: string }>; searchParams: Promise<SearchParams> };

/** What the address names: one batch or one stored selection; null when it names neither, or both. */
function readSubject({ batch, selection }: SearchParams) {
  if (batch !== undefined && selection !== undefined) return null;
  const batchId = batchIdField.safeParse(batch);
  if (batchId.success) return { by: "batch", batchId: batchId.data } as const;
  const id = idField.safeParse(selection);
  return id.success ? ({ by: "selection", selectionId: id.data } as const) : null;
}

export default async function EditCodesPage({ params, searchParams }: Props) {
  const { applicationId, campaignId } = await params;
  const actor = await currentActor();
  const campaign = (await getCampaign(actor, applicationId, campaignId)) ?? notFound();
  if (!campaign.hasReferrals) return <FeatureOff campaign={campaign} title="Edit codes" />;
  const scope = { applicationId: campaign.applicationId, campaignId: campaign.id };
  const paths = referralPaths(scope);
  const selection = readSubject(await searchParams);
  const subject = selection && (await getSubject(actor, scope, selection));
  if (!selection || !subject) return <NothingSelected title="Edit codes" listPath={paths.list()} />;
  const back = paths.list(
    selection.by === "batch" ? { batch: selection.batchId } : { selection: selection.selectionId },
  );
  return (
    <>
      <PageHeader
        back={{ href: back, label: "Referrals" }}
        title={
          selection.by === "batch" ? (
            <>
              Edit batch <span className="mono">{selection.batchId}</span>
            </>
          ) : (
            `Edit ${formatCount(subject.count, "selected code")}`
          )
        }
        count={selection.by === "batch" && formatCount(subject.count, "code")}
      />
      <EditForm
        key={JSON.stringify(selection)}
        scope={scope}
        selection={selection}
        subject={subject}
        attributes={await listAttributes(actor, scope.applicationId)}
        zone={campaign.application.timeZone}
        donePath={null}
        operationsPath={paths.operations}
        cancelPath={back}
      />
    </>
  );
}
