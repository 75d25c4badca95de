"use client";

import { useRouter } from "next/navigation";
import { FormFrame } from "@/components/forms/form-frame";
import { useForm } from "@/components/forms/use-form";
import { Field } from "@/components/ui/field";
import { FormSection } from "@/components/ui/form-section";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import type { CampaignIds } from "@/lib/access/scope";
import { addBudgetAction } from "@/lib/budgets/actions";
import { type BudgetForm, entityOf, periodOf, readBudgetForm } from "@/lib/budgets/form";
import { addBudgetInput } from "@/lib/budgets/schema";
import { budgetSentence } from "@/lib/budgets/words";
import { AmountField } from "./amount-field";

const periods: { value: BudgetForm["period"]; label: string }[] = [
  { value: "", label: "For good" },
  { value: "daily", label: "A day" },
  { value: "weekly", label: "A week, from Monday on" },
  { value: "monthly", label: "A month" },
  { value: "yearly", label: "A year" },
];
const entities: { value: BudgetForm["entity"]; label: string }[] = [
  { value: "", label: "The whole campaign" },
  { value: "Profile", label: "Each friend" },
  { value: "Referral", label: "Each code" },
];
const blank: BudgetForm = { limit: "", period: "", entity: "" };

/** Gives a campaign one budget more. */
export function NewBudgetForm({ scope, path, zone }: { scope: CampaignIds; path: string; zone: string }) {
  const router = useRouter();
  const state = useForm({
    blank,
    schema: addBudgetInput,
    read: (form, problems) => ({ ...readBudgetForm(form, problems), ...scope }),
    action: addBudgetAction,
    onDone: ({ limit }) => {
      toast.success(`Added: ${budgetSentence(limit)}`);
      router.push(path);
    },
  });
  const { form, set, problems } = state;
  return (
    <FormFrame state={state} submitLabel="Add budget" cancelPath={path}>
      <FormSection title="Budget" description="It counts from the moment that it is added.">
        <AmountField value={form.limit} onValueChange={(text) => set("limit", text)} error={problems.limit} />
        <Field
          name="period"
          label="In what time"
          help={`On the clocks of ${zone}; then it is counted anew.`}
          error={problems.period}
        >
          <Select
            options={periods}
            value={form.period}
            onChange={(event) => set("period", periodOf(event.target.value))}
          />
        </Field>
        <Field
          name="entities"
          label="For"
          help="Friends and codes are counted each by itself."
          error={problems.entities}
        >
          <Select
            options={entities}
            value={form.entity}
            onChange={(event) => set("entity", entityOf(event.target.value))}
          />
        </Field>
      </FormSection>
    </FormFrame>
  );
}
