import { budgetEntities, budgetPeriods, type Limit } from "@/lib/budgets/schema";
import type { FieldProblems } from "@/lib/errors";
import { readWholeNumber } from "@/lib/whole-number";

/** A budget as its form holds it: texts, where the empty one is the whole campaign, or all the time. */
export interface BudgetForm {
  limit: string;
  period: "" | NonNullable<Limit["period"]>;
  entity: "" | Limit["entities"][number];
}

/** The amount that was typed; what is no whole number goes to `problems`. */
export function readAmount(text: string, problems: FieldProblems): number {
  const limit = readWholeNumber(text);
  if (typeof limit === "number") return limit;
  problems.limit = limit;
  return 0;
}

/** The form of a new budget as the action takes it. */
export function readBudgetForm({ limit, period, entity }: BudgetForm, problems: FieldProblems): Limit {
  return {
    action: "redeemReferral",
    limit: readAmount(limit, problems),
    ...(period !== "" && { period }),
    entities: entity === "" ? [] : [entity],
  };
}

/** What a select of the form gave, if it is one of its options. */
export const periodOf = (text: string): BudgetForm["period"] => budgetPeriods.find((period) => period === text) ?? "";
export const entityOf = (text: string): BudgetForm["entity"] => budgetEntities.find((entity) => entity === text) ?? "";
