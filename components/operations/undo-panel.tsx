"use client";

import { Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { DriftNote } from "@/components/operations/drift-note";
import { effectVerb } from "@/components/operations/operation-text";
import { PlanView } from "@/components/operations/plan-view";
import { usePlan } from "@/components/operations/use-plan";
import { Button } from "@/components/ui/button";
import { FormErrors } from "@/components/ui/form-errors";
import { toast } from "@/components/ui/toast";
import { formatCount } from "@/lib/format";
import { planUndoAction } from "@/lib/operations/actions";
import type { AppliedOperation } from "@/lib/operations/apply";
import type { CampaignScope } from "@/lib/operations/schema";

type Props = { scope: CampaignScope; operationId: string; operationsPath: string; zone: string };

/** Undoes an operation by its plan: first what would go back and what would be left, then the button that does it. */
export function UndoPanel({ scope, operationId, operationsPath, zone }: Props) {
  const router = useRouter();
  const onApplied = useCallback(
    (operation: AppliedOperation) => {
      toast.success(`Undone: ${formatCount(operation.changed, "code")} ${effectVerb[operation.effect].done}`);
      router.push(`${operationsPath}/${operation.operationId}`);
    },
    [router, operationsPath],
  );
  const { plan, planning, applying, failure, stale, makePlan, clear, apply } = usePlan(scope, onApplied);
  const start = () => makePlan((replaces) => planUndoAction({ scope, operationId, replaces }));

  return (
    <section aria-labelledby="undo" className="flex max-w-3xl flex-col gap-3 rounded-lg border bg-panel p-4">
      <div className="flex flex-wrap items-center justify-between gap-3 sm:flex-nowrap">
        <div>
          <h2 id="undo" className="text-lg font-semibold">
            Undo
          </h2>
          <p className="text-mute">
            Restores ids, values and codes. What someone changed since is left and listed. Undoing can be undone too.
          </p>
        </div>
        {!plan && (
          <Button icon={<Undo2 aria-hidden="true" className="size-4" />} pending={planning} onClick={start}>
            Plan undo
          </Button>
        )}
      </div>
      {failure && <FormErrors message={failure.message} />}
      {stale && <DriftNote {...stale} zone={zone} />}
      {plan && (
        <div className="flex flex-col gap-4" aria-live="polite">
          <PlanView plan={plan} zone={zone} />
          <div className="flex flex-wrap items-center gap-2">
            <Button variant="primary" pending={applying} disabled={plan.changed === 0 || planning} onClick={apply}>
              {effectVerb[plan.effect].now} {formatCount(plan.changed, "code")}
            </Button>
            <Button variant="quiet" onClick={clear}>
              Cancel
            </Button>
            {plan.changed === 0 && <span className="text-mute">There is nothing left to undo.</span>}
          </div>
        </div>
      )}
    </section>
  );
}
