import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { AppShell } from "@/components/shell/app-shell";
import { currentActor } from "@/lib/access/actor";
import { getCampaign } from "@/lib/campaigns/queries";

type Props = { params: Promise<{ applicationId: string; campaignId: string }>; children: ReactNode };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { applicationId, campaignId } = await params;
  const campaign = await getCampaign(await currentActor(), applicationId, campaignId);
  if (!campaign) return { title: "Not found" };
  return { title: { template: `%s · ${campaign.name}`, default: campaign.name } };
}

export default async function CampaignLayout({ params, children }: Props) {
  const { applicationId, campaignId } = await params;
  const campaign = (await getCampaign(await currentActor(), applicationId, campaignId)) ?? notFound();
  return (
    <AppShell application={campaign.application} campaign={campaign}>
      {children}
    </AppShell>
  );
}
