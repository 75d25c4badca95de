import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NewBudgetForm } from "@/components/budgets/new-budget-form";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { campaignAt } from "@/lib/page";

export const metadata: Metadata = { title: "New budget" };

type Props = { params: Promise<{ applicationId: string; campaignId: string }> };

export default async function NewBudgetPage({ params }: Props) {
  const { scope, campaign } = (await campaignAt(params, "campaigns.write")) ?? notFound();
  const path = `/applications/${campaign.applicationId}/campaigns/${campaign.id}/settings/budgets`;
  return (
    <>
      <PageHeader back={{ href: path, label: "Budgets" }} title="New budget" />
      <PageBody narrow>
        <NewBudgetForm scope={scope.ids} path={path} zone={campaign.application.timeZone} />
      </PageBody>
    </>
  );
}
