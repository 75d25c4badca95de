"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import type { CampaignIds } from "@/lib/access/scope";
import { removeBudgetAction } from "@/lib/budgets/actions";
import type { Budget } from "@/lib/budgets/queries";
import { budgetSentence } from "@/lib/budgets/words";

/** Removes a budget after asking. */
export function RemoveButton({ scope, budget, donePath }: { scope: CampaignIds; budget: Budget; donePath: string }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [pending, startRemoving] = useTransition();
  const remove = () =>
    startRemoving(async () => {
      const { applicationId, campaignId } = scope;
      const result = await removeBudgetAction({ applicationId, campaignId, budgetId: budget.id }).catch(unreachable);
      if (!result.ok) {
        setProblem(result.message);
        return;
      }
      toast.success(`Removed: ${budgetSentence(budget)}`);
      router.push(donePath);
    });
  return (
    <>
      <Button variant="quiet" onClick={() => setOpen(true)}>
        Remove…
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title="Remove this budget?"
        confirmLabel="Remove budget"
        tone="danger"
        pending={pending}
        onConfirm={remove}
      >
        {problem ?? `“${budgetSentence(budget)}” holds no longer, and what was counted for it is forgotten.`}
      </ConfirmDialog>
    </>
  );
}
