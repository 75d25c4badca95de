"use client";

import { Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useId, useRef } from "react";
import { DriftNote } from "@/components/operations/drift-note";
import { effectVerb } from "@/components/operations/operation-text";
import { PlanView } from "@/components/operations/plan-view";
import { usePlan } from "@/components/operations/use-plan";
import { Button } from "@/components/ui/button";
import { FormErrors } from "@/components/ui/form-errors";
import { Progress } from "@/components/ui/progress";
import { toast } from "@/components/ui/toast";
import type { CampaignIds } from "@/lib/access/scope";
import type { Reading } from "@/lib/attributes/titles";
import { formatCount, formatNumber } from "@/lib/format";
import { planRetryAction, planUndoAction } from "@/lib/operations/actions";
import type { AppliedOperation } from "@/lib/operations/apply";

type PlanAgainProps = {
  title: string;
  about: string;
  button: string;
  /** Undo the operation, or try again what it left. */
  ask: { by: "undo" | "retry"; scope: CampaignIds; operationId: string };
  operationsPath: string;
  reading: Reading;
};

/** Plans from an operation: its undoing, or the rest it left. First what would happen, then the button that does it. */
export function PlanAgain({ title, about, button, ask, operationsPath, reading }: PlanAgainProps) {
  const router = useRouter();
  const heading = useId();
  const { by, scope, operationId } = ask;
  const onApplied = useCallback(
    (operation: AppliedOperation) => {
      const codes = `${formatCount(operation.changed, "code")} ${effectVerb[operation.effect].done}`;
      if (!operation.running) toast.success(by === "undo" ? `Undone: ${codes}` : `Done: ${codes}`);
      router.push(`${operationsPath}/${operation.operationId}`);
    },
    [router, operationsPath, by],
  );
  const { plan, planning, underway, applying, failure, stale, makePlan, clear, apply } = usePlan(scope, onApplied);
  const top = useRef<HTMLHeadingElement>(null);
  const planned = plan !== null;
  useEffect(() => {
    if (planned) top.current?.focus(); // the button that had the focus is gone
  }, [planned]);
  const request = by === "undo" ? planUndoAction : planRetryAction;
  const start = () => makePlan((replaces) => request({ scope, operationId, replaces }));

  return (
    <section aria-labelledby={heading} className="flex max-w-3xl flex-col gap-3 rounded-lg border bg-panel p-4">
      <div className="flex flex-wrap items-center justify-between gap-3 sm:flex-nowrap">
        <div>
          <h2 ref={top} id={heading} tabIndex={-1} className="text-lg font-semibold outline-none">
            {title}
          </h2>
          <p className="text-mute">{about}</p>
        </div>
        {!plan && (
          <Button
            icon={by === "undo" ? <Undo2 aria-hidden="true" className="size-4" /> : undefined}
            pending={planning}
            onClick={start}
          >
            {button}
          </Button>
        )}
      </div>
      {planning && underway && (
        <Progress
          label="Planning"
          value={underway.done}
          max={underway.total}
          text={`${formatNumber(underway.done)} of ${formatNumber(underway.total)} codes`}
        />
      )}
      {failure && <FormErrors message={failure.message} />}
      {stale && <DriftNote {...stale} reading={reading} />}
      {plan && (
        <div className="flex flex-col gap-4" aria-live="polite">
          <PlanView plan={plan} reading={reading} />
          <div className="flex flex-wrap items-center gap-2">
            <Button variant="primary" pending={applying} disabled={plan.changed === 0 || planning} onClick={apply}>
              {effectVerb[plan.effect].now} {formatCount(plan.changed, "code")}
            </Button>
            <Button variant="quiet" disabled={applying} onClick={clear}>
              Cancel
            </Button>
            {plan.changed === 0 && (
              <span className="text-mute">There is nothing left to {by === "undo" ? "undo" : "do"}.</span>
            )}
          </div>
        </div>
      )}
    </section>
  );
}
