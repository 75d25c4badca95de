import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { Counters } from "@/components/redemptions/counters";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { type CampaignPlace, campaignAt } from "@/lib/page";
import { checkRedemptions } from "@/lib/redemptions/check";

export const metadata: Metadata = { title: "Redemption counters" };

type Props = { params: Promise<{ applicationId: string; campaignId: string }> };

export default async function CountersPage({ params }: Props) {
  const place = (await campaignAt(params, "redemptions.write")) ?? notFound();
  const { applicationId, campaignId } = place.scope.ids;
  return (
    <>
      <PageHeader
        back={{ href: `/applications/${applicationId}/campaigns/${campaignId}/settings`, label: "Settings" }}
        title="Redemption counters"
        description="Each code carries how often it was redeemed; the ledger has a row for each redemption. Here the two are compared."
      />
      <PageBody>
        <Suspense fallback={<p className="text-mute">Comparing; for a million codes this takes some seconds.</p>}>
          <Compared {...place} />
        </Suspense>
      </PageBody>
    </>
  );
}

async function Compared({ scope, campaign }: CampaignPlace<"redemptions.write">) {
  return <Counters scope={scope.ids} codes={campaign.referralCount} {...(await checkRedemptions(scope))} />;
}
