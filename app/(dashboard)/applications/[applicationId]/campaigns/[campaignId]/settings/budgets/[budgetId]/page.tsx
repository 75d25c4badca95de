import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { usedText } from "@/components/budgets/budget-table";
import { EditBudgetForm } from "@/components/budgets/edit-budget-form";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { listBudgets } from "@/lib/budgets/queries";
import { budgetSentence } from "@/lib/budgets/words";
import { campaignAt } from "@/lib/page";

export const metadata: Metadata = { title: "Edit budget" };

type Props = { params: Promise<{ applicationId: string; campaignId: string; budgetId: string }> };

export default async function EditBudgetPage({ params }: Props) {
  const { budgetId } = await params;
  const { scope, campaign } = (await campaignAt(params, "campaigns.write")) ?? notFound();
  const budget = (await listBudgets(scope, new Date())).find(({ id }) => id === budgetId) ?? notFound();
  const path = `/applications/${campaign.applicationId}/campaigns/${campaign.id}/settings/budgets`;
  return (
    <>
      <PageHeader back={{ href: path, label: "Budgets" }} title={budgetSentence(budget)} />
      <PageBody narrow>
        <EditBudgetForm scope={scope.ids} budget={budget} used={usedText(budget)} path={path} />
      </PageBody>
    </>
  );
}
