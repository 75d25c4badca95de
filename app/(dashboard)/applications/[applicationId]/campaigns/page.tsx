import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CampaignTable } from "@/components/campaigns/campaign-table";
import { AppShell } from "@/components/shell/app-shell";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/actor";
import { getApplication } from "@/lib/applications/queries";
import { listCampaigns } from "@/lib/campaigns/queries";
import { formatCount } from "@/lib/format";

export const metadata: Metadata = { title: "Campaigns" };

export default async function CampaignsPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const actor = await currentActor();
  const application = (await getApplication(actor, (await params).applicationId)) ?? notFound();
  const campaigns = await listCampaigns(actor, application);
  return (
    <AppShell application={application}>
      <PageHeader title="Campaigns" count={formatCount(campaigns.length, "campaign")} />
      {campaigns.length > 0 ? (
        <CampaignTable campaigns={campaigns} timeZone={application.timeZone} now={new Date()} />
      ) : (
        <EmptyState title="No campaigns yet">{application.name} has no campaign to show.</EmptyState>
      )}
    </AppShell>
  );
}
