import { FileDown } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { BatchFacts } from "@/components/batches/batch-facts";
import { NameForm } from "@/components/batches/name-form";
import { FeatureOff } from "@/components/campaigns/feature-off";
import { Figures, NoFigures } from "@/components/campaigns/figures";
import { CopyCodesButton } from "@/components/referrals/create/copy-codes-button";
import { QuickEditMenu } from "@/components/referrals/quick-edit/quick-edit-menu";
import { buttonClass } from "@/components/ui/button-class";
import { ButtonLink } from "@/components/ui/button-link";
import { CopyButton } from "@/components/ui/copy-button";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/access/offer";
import type { Scope } from "@/lib/access/scope";
import { withBase } from "@/lib/base-path";
import { countBatch, getBatch } from "@/lib/batches/queries";
import { countOrNull } from "@/lib/count-or-null";
import { formatCount } from "@/lib/format";
import { campaignAt } from "@/lib/page";
import { referralPaths } from "@/lib/referrals/list/search-params";

type Props = { params: Promise<{ applicationId: string; campaignId: string; batchId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Batch ${(await params).batchId}` };
}

export default async function BatchPage({ params }: Props) {
  const { batchId } = await params;
  const { scope, campaign } = (await campaignAt(params, "referrals.read")) ?? notFound();
  if (!campaign.hasReferrals) return <FeatureOff campaign={campaign} title="Batch" />;
  const batch = (await getBatch(scope, batchId)) ?? notFound();
  const paths = referralPaths(scope.ids);
  const { referralCount } = batch;
  const named = may(scope, "referrals.edit"); // by whoever looks, in a form that shows name and note
  return (
    <>
      <PageHeader
        back={{ href: paths.batches, label: "Batches" }}
        title={
          <>
            {batch.name || "Batch"} <CopyButton value={batchId} label={`Batch ID ${batchId}`} className="mx-0 h-auto" />
          </>
        }
        count={formatCount(referralCount, "code")}
        actions={
          referralCount > 0 && (
            <>
              <ButtonLink data-needs="referrals.delete" href={paths.deleteBatch(batchId)}>
                Delete batch
              </ButtonLink>
              <a href={withBase(paths.export({ batch: batchId }))} download className={buttonClass()}>
                <FileDown aria-hidden="true" className="size-4 text-mute" />
                Export batch
              </a>
              {campaign.linkPattern !== "" && (
                <CopyCodesButton what="link" path={paths.export({ batch: batchId, sort: "created" }, "links")} />
              )}
              <ButtonLink href={paths.list({ batch: batchId })}>Show codes</ButtonLink>
              <QuickEditMenu
                scope={scope.ids}
                about={{
                  selection: { by: "batch", batchId },
                  about: formatCount(referralCount, "code"),
                  formPath: paths.editBatch(batchId),
                }}
              />
              <ButtonLink data-needs="referrals.edit" href={paths.editBatch(batchId)} variant="primary">
                Edit batch
              </ButtonLink>
            </>
          )
        }
      />
      <PageBody>
        {referralCount > 0 && (
          <Suspense fallback={<Figures codes={referralCount} />}>
            <CountedFigures scope={scope} batchId={batchId} codes={referralCount} />
          </Suspense>
        )}
        <BatchFacts batch={batch} paths={paths} zone={campaign.application.timeZone} note={named ? "" : batch.note} />
        {named && <NameForm scope={scope.ids} batchId={batchId} names={{ name: batch.name, note: batch.note }} />}
      </PageBody>
    </>
  );
}

type CountedProps = { scope: Scope<"referrals.read">; batchId: string; codes: number };

/** Counting reads every code of the batch; the rest of the page does not wait for it. */
async function CountedFigures({ scope, batchId, codes }: CountedProps) {
  const counts = await countOrNull(countBatch(scope, batchId, new Date()));
  return counts ? <Figures codes={codes} counts={counts} /> : <NoFigures codes={codes} />;
}
