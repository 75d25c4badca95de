import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FeatureOff } from "@/components/campaigns/feature-off";
import { RunningPanel } from "@/components/operations/running-panel";
import { CreateForm } from "@/components/referrals/create/create-form";
import { Created } from "@/components/referrals/create/created";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { listAttributes } from "@/lib/attributes/queries";
import { idField } from "@/lib/codes/schema";
import { getCreation, lastTerms } from "@/lib/creations/queries";
import { getOperation } from "@/lib/operations/queries";
import { campaignAt } from "@/lib/page";
import { referralPaths } from "@/lib/referrals/list/search-params";
import type { SearchParams } from "@/lib/search-params";

type Props = { params: Promise<{ applicationId: string; campaignId: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { done } = await searchParams;
  if (done === undefined) return { title: "Create referrals" };
  const place = await campaignAt(params, "referrals.create");
  const id = idField.safeParse(done);
  const operation = place && id.success ? await getOperation(place.scope, id.data) : null;
  return { title: operation?.running ? "Creating codes" : "Codes created" };
}

/** The form for new codes; with `?done=<operation>` what that operation made. */
export default async function NewReferralsPage({ params, searchParams }: Props) {
  const { scope, campaign } = (await campaignAt(params, "referrals.create")) ?? notFound();
  if (!campaign.hasReferrals) return <FeatureOff campaign={campaign} title="Create referrals" />;
  const zone = campaign.application.timeZone;

  const { done } = await searchParams;
  if (done !== undefined) {
    const id = idField.safeParse(done);
    const operation = id.success ? await getOperation(scope, id.data) : null;
    if (operation?.kind !== "create") notFound();
    const progress = operation.running ? <RunningPanel scope={scope.ids} operationId={operation.id} /> : undefined;
    const creation = await getCreation(scope, operation.id);
    const { linkPattern } = campaign;
    return <Created scope={scope.ids} {...{ operation, creation, zone, linkPattern, progress }} />;
  }
  const last = await lastTerms(scope);
  const now = new Date();
  const offered = last && (!last.validUntil || last.validUntil > now) ? last : null;
  return (
    <>
      <PageHeader
        back={{ href: referralPaths(scope.ids).list(), label: "Referrals" }}
        title="Create referrals"
        description={`New codes for “${campaign.name}”.`}
      />
      <PageBody narrow>
        <CreateForm
          campaign={campaign}
          zone={zone}
          caseRule={campaign.application.caseRule}
          attributes={await listAttributes(scope)}
          lastTerms={
            offered && {
              ...offered,
              validFrom: offered.validFrom && offered.validFrom > now ? offered.validFrom : null,
            }
          }
        />
      </PageBody>
    </>
  );
}
