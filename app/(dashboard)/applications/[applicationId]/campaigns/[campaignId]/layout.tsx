import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { AppShell } from "@/components/shell/app-shell";
import { campaignAt } from "@/lib/page";

type Props = { params: Promise<{ applicationId: string; campaignId: string }>; children: ReactNode };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { campaign } = (await campaignAt(params, "applications.read")) ?? {};
  if (!campaign) return { title: "Not found" };
  return { title: { template: `%s · ${campaign.name}`, default: campaign.name } };
}

export default async function CampaignLayout({ params, children }: Props) {
  const { scope, campaign } = (await campaignAt(params, "applications.read")) ?? notFound();
  return (
    <AppShell application={campaign.application} campaign={campaign} scope={scope}>
      {children}
    </AppShell>
  );
}
