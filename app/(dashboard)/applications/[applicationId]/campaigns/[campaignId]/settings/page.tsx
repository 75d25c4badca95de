import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SettingsForm } from "@/components/campaigns/settings-form";
import { ButtonLink } from "@/components/ui/button-link";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { campaignAt } from "@/lib/page";

export const metadata: Metadata = { title: "Settings" };

type Props = { params: Promise<{ applicationId: string; campaignId: string }> };

export default async function SettingsPage({ params }: Props) {
  const { campaign } = (await campaignAt(params, "campaigns.write")) ?? notFound();
  const path = `/applications/${campaign.applicationId}/campaigns/${campaign.id}`;
  return (
    <>
      <PageHeader
        title="Settings"
        description={`What “${campaign.name}” is and how its codes look.`}
        actions={
          <>
            <ButtonLink href={`${path}/counters`}>Redemption counters</ButtonLink>
            <ButtonLink href={`${path}/settings/budgets`}>Budgets</ButtonLink>
          </>
        }
      />
      <PageBody narrow>
        <SettingsForm campaign={campaign} />
      </PageBody>
    </>
  );
}
