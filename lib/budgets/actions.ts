"use server";

import { defineAction } from "@/lib/action";
import { addBudget, removeBudget, saveBudget } from "@/lib/budgets/commands";
import { addBudgetInput, removeBudgetInput, saveBudgetInput } from "@/lib/budgets/schema";

/** Gives a campaign one budget more. */
export const addBudgetAction = defineAction({ input: addBudgetInput, permission: "campaigns.write", run: addBudget });

/** Changes the amount of a budget. */
export const saveBudgetAction = defineAction({
  input: saveBudgetInput,
  permission: "campaigns.write",
  run: saveBudget,
});

/** Removes a budget. Its own page is left, not refreshed: there is nothing to show any more. */
export const removeBudgetAction = defineAction({
  input: removeBudgetInput,
  permission: "campaigns.write",
  run: removeBudget,
  refreshes: false,
});
