import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CampaignTable } from "@/components/campaigns/campaign-table";
import { AppShell } from "@/components/shell/app-shell";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listCampaigns } from "@/lib/campaigns/queries";
import { countOrNull } from "@/lib/count-or-null";
import { formatCount } from "@/lib/format";
import { redemptionTrends } from "@/lib/overview/trends";
import { applicationAt } from "@/lib/page";

export const metadata: Metadata = { title: "Campaigns" };

export default async function CampaignsPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { scope, application } = (await applicationAt(params, "referrals.read")) ?? notFound();
  const now = new Date();
  const [campaigns, trends] = await Promise.all([
    listCampaigns(scope, application),
    countOrNull(redemptionTrends(scope, now, application.timeZone)),
  ]);
  const create = (
    <ButtonLink
      data-needs="campaigns.write"
      href={`/applications/${application.id}/campaigns/new`}
      variant="primary"
      icon={<Plus aria-hidden="true" className="size-4" />}
    >
      New campaign
    </ButtonLink>
  );
  return (
    <AppShell application={application} scope={scope}>
      <PageHeader
        title="Campaigns"
        count={formatCount(campaigns.length, "campaign")}
        actions={campaigns.length > 0 && create}
      />
      {campaigns.length > 0 ? (
        <CampaignTable campaigns={campaigns} trends={trends} timeZone={application.timeZone} now={now} />
      ) : (
        <EmptyState title="No campaigns yet" actions={create}>
          A campaign holds the referral codes of one promotion: how they look, and when they can be redeemed.
        </EmptyState>
      )}
    </AppShell>
  );
}
