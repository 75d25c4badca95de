import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FeatureOff } from "@/components/campaigns/feature-off";
import { EditForm } from "@/components/referrals/edit/edit-form";
import { NothingSelected } from "@/components/referrals/nothing-selected";
import { PageHeader } from "@/components/ui/page-header";
import { listAttributes } from "@/lib/attributes/queries";
import { batchIdField, idField } from "@/lib/codes/schema";
import { formatCount } from "@/lib/format";
import { getSubject } from "@/lib/operations/subject";
import { campaignAt } from "@/lib/page";
import { referralPaths } from "@/lib/referrals/list/search-params";
import type { SearchParams } from "@/lib/search-params";

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
  const { scope, campaign } = (await campaignAt(params, "referrals.edit")) ?? notFound();
  if (!campaign.hasReferrals) return <FeatureOff campaign={campaign} title="Edit codes" />;
  const paths = referralPaths(scope.ids);
  const selection = readSubject(await searchParams);
  const subject = selection && (await getSubject(scope, selection));
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
        scope={scope.ids}
        selection={selection}
        subject={subject}
        attributes={await listAttributes(scope)}
        zone={campaign.application.timeZone}
        donePath={null}
        operationsPath={paths.operations}
        cancelPath={back}
      />
    </>
  );
}
