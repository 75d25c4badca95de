import type { Sentences } from "@/lib/say";

/** Why something about a budget is refused. */
export type BudgetReason =
  | { reason: "budget_unknown" | "budget_taken" }
  /** Its amount is another one now. */
  | { reason: "budget_changed"; limit: number };

export const budgetSentences: Sentences<BudgetReason> = {
  budget_unknown: () => "There is no such budget any more.",
  budget_taken: () => "The campaign has a budget for the same and the same time already; change that one.",
  budget_changed: ({ limit }) =>
    `Someone else set this budget to ${limit} meanwhile. Nothing was saved; open it again to see what it is now.`,
};
