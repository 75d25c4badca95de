"use client";

import { useRouter } from "next/navigation";
import { FormFrame } from "@/components/forms/form-frame";
import { useForm } from "@/components/forms/use-form";
import { FormSection } from "@/components/ui/form-section";
import { toast } from "@/components/ui/toast";
import type { CampaignIds } from "@/lib/access/scope";
import { saveBudgetAction } from "@/lib/budgets/actions";
import { readAmount } from "@/lib/budgets/form";
import type { Budget } from "@/lib/budgets/queries";
import { saveBudgetInput } from "@/lib/budgets/schema";
import { budgetSentence } from "@/lib/budgets/words";
import { AmountField } from "./amount-field";
import { RemoveButton } from "./remove-button";

type EditBudgetFormProps = { scope: CampaignIds; budget: Budget; used: string; path: string };

/** Gives a budget another amount, or removes it. What it is for never changes: that would be another budget. */
export function EditBudgetForm({ scope, budget, used, path }: EditBudgetFormProps) {
  const router = useRouter();
  const state = useForm({
    blank: { limit: String(budget.limit) },
    schema: saveBudgetInput,
    read: ({ limit }, problems) => ({
      ...scope,
      ...{ budgetId: budget.id, shown: budget.limit, limit: readAmount(limit, problems) },
    }),
    action: saveBudgetAction,
    onDone: ({ amount }) => {
      toast.success(`Saved: ${budgetSentence({ ...budget, limit: amount })}`);
      router.push(path);
    },
  });
  return (
    <FormFrame
      state={state}
      submitLabel="Save budget"
      cancelPath={path}
      more={<RemoveButton scope={scope} budget={budget} donePath={path} />}
    >
      <FormSection title="Budget" description={`Used now: ${used}. That stays, whatever the amount is.`}>
        <AmountField
          value={state.form.limit}
          onValueChange={(text) => state.set("limit", text)}
          error={state.problems.limit}
        />
      </FormSection>
    </FormFrame>
  );
}
