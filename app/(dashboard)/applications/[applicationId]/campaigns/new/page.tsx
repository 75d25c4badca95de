import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NewCampaignForm } from "@/components/campaigns/new-campaign-form";
import { AppShell } from "@/components/shell/app-shell";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { applicationAt } from "@/lib/page";

export const metadata: Metadata = { title: "New campaign" };

export default async function NewCampaignPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { scope, application } = (await applicationAt(params, "campaigns.write")) ?? notFound();
  const campaigns = `/applications/${application.id}/campaigns`;
  return (
    <AppShell application={application} scope={scope}>
      <PageHeader
        title="New campaign"
        back={{ href: campaigns, label: "Campaigns" }}
        description="It is enabled at once and has no end; its settings can change everything later."
      />
      <PageBody narrow>
        <NewCampaignForm application={application} />
      </PageBody>
    </AppShell>
  );
}
