import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FeatureOff } from "@/components/campaigns/feature-off";
import { DeleteForm } from "@/components/referrals/delete/delete-form";
import { NothingSelected } from "@/components/referrals/nothing-selected";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { batchIdField, idField } from "@/lib/codes/schema";
import { formatCount } from "@/lib/format";
import type { Selection } from "@/lib/operations/schema";
import { getSubject } from "@/lib/operations/subject";
import { campaignAt } from "@/lib/page";
import { referralPaths } from "@/lib/referrals/list/search-params";
import type { SearchParams } from "@/lib/search-params";

export const metadata: Metadata = { title: "Delete referrals" };

type Props = { params: Promise<{ applicationId: string; campaignId: string }>; searchParams: Promise<SearchParams> };

/** What the address names: one batch, one stored selection or one code; null when it names none, or several. */
function readSelection({ batch, selection, referral }: SearchParams): Selection | null {
  if ([batch, selection, referral].filter((named) => named !== undefined).length !== 1) return null;
  const batchId = batchIdField.safeParse(batch);
  if (batchId.success) return { by: "batch", batchId: batchId.data };
  const selectionId = idField.safeParse(selection);
  if (selectionId.success) return { by: "selection", selectionId: selectionId.data };
  const id = idField.safeParse(referral);
  return id.success ? { by: "ids", ids: [id.data] } : null;
}

export default async function DeletePage({ params, searchParams }: Props) {
  const { scope, campaign } = (await campaignAt(params, "referrals.delete")) ?? notFound();
  if (!campaign.hasReferrals) return <FeatureOff campaign={campaign} title="Delete referrals" />;
  const paths = referralPaths(scope.ids);
  const selection = readSelection(await searchParams);
  const subject = selection && (await getSubject(scope, selection));
  if (!selection || !subject) return <NothingSelected title="Delete referrals" listPath={paths.list()} />;
  const back = paths.list(
    selection.by === "batch"
      ? { batch: selection.batchId }
      : selection.by === "selection"
        ? { selection: selection.selectionId }
        : {},
  );
  return (
    <>
      <PageHeader
        back={{ href: back, label: "Referrals" }}
        title={
          selection.by === "selection" ? (
            `Delete ${formatCount(subject.count, "selected code")}`
          ) : (
            <>
              Delete {selection.by === "batch" ? "batch " : ""}
              <span className="mono">{selection.by === "batch" ? selection.batchId : subject.code}</span>
            </>
          )
        }
        count={selection.by !== "selection" && formatCount(subject.count, "code")}
        description="Deleted codes can no longer be redeemed. Undoing brings them back with their ids, values and redemptions."
      />
      <PageBody>
        <DeleteForm
          key={JSON.stringify(selection)}
          scope={scope.ids}
          selection={selection}
          openedAt={subject.openedAt}
          reading={campaign.application}
          operationsPath={paths.operations}
          cancelPath={back}
        />
      </PageBody>
    </>
  );
}
