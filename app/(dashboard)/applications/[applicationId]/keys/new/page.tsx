import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NewKeyForm } from "@/components/keys/new-key-form";
import { AppShell } from "@/components/shell/app-shell";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { listCampaigns } from "@/lib/campaigns/queries";
import { tryCampaign } from "@/lib/keys/try-line";
import { applicationAt } from "@/lib/page";

export const metadata: Metadata = { title: "New API key" };

export default async function NewKeyPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { scope, application } = (await applicationAt(params, "keys.write")) ?? notFound();
  const campaigns = await listCampaigns(scope, application);
  return (
    <AppShell application={application} scope={scope}>
      <PageHeader title="New API key" back={{ href: `/applications/${application.id}/keys`, label: "API keys" }} />
      <PageBody narrow>
        <NewKeyForm application={application} campaign={tryCampaign(campaigns)} />
      </PageBody>
    </AppShell>
  );
}
