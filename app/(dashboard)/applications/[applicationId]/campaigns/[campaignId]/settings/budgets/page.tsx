import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BudgetTable } from "@/components/budgets/budget-table";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listBudgets } from "@/lib/budgets/queries";
import { formatCount } from "@/lib/format";
import { campaignAt } from "@/lib/page";

export const metadata: Metadata = { title: "Budgets" };

type Props = { params: Promise<{ applicationId: string; campaignId: string }> };

export default async function BudgetsPage({ params }: Props) {
  const { scope, campaign } = (await campaignAt(params, "campaigns.write")) ?? notFound();
  const budgets = await listBudgets(scope, new Date());
  const settings = `/applications/${campaign.applicationId}/campaigns/${campaign.id}/settings`;
  const add = (
    <ButtonLink
      href={`${settings}/budgets/new`}
      variant="primary"
      icon={<Plus aria-hidden="true" className="size-4" />}
    >
      New budget
    </ButtonLink>
  );
  const { timeZone } = campaign.application;
  return (
    <>
      <PageHeader
        back={{ href: settings, label: "Settings" }}
        title="Budgets"
        count={budgets.length > 0 && formatCount(budgets.length, "budget")}
        description={`What the campaign allows beside the limit of each code. Days, weeks, months and years begin on the clocks of ${timeZone}.`}
        actions={budgets.length > 0 && add}
      />
      {budgets.length > 0 ? (
        <BudgetTable budgets={budgets} path={`${settings}/budgets`} zone={timeZone} />
      ) : (
        <EmptyState title="No budgets yet" actions={add}>
          A budget limits redemptions: of the whole campaign, by each friend or of each code, for good or in each day,
          week, month or year.
        </EmptyState>
      )}
    </>
  );
}
