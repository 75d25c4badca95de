"use client";

import { Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useId, useRef, useState, useTransition } from "react";
import { AskApproval } from "@/components/operations/ask-approval";
import { DriftNote } from "@/components/operations/drift-note";
import { effectVerb } from "@/components/operations/operation-text";
import { PlanView } from "@/components/operations/plan-view";
import { type Reason, takeOver } from "@/components/operations/undo/handed-over";
import { useUndo } from "@/components/operations/undo/use-undo";
import { usePlan } from "@/components/operations/use-plan";
import { Button } from "@/components/ui/button";
import { FormErrors } from "@/components/ui/form-errors";
import { Progress } from "@/components/ui/progress";
import type { CampaignIds } from "@/lib/access/scope";
import type { Reading } from "@/lib/attributes/titles";
import { formatCount, formatNumber } from "@/lib/format";
import { planAnewAction, planRetryAction, planUndoAction } from "@/lib/operations/actions";
import type { AppliedOperation } from "@/lib/operations/apply";

const requests = { undo: planUndoAction, retry: planRetryAction, anew: planAnewAction };

type PlanAgainProps = {
  title: string;
  about: string;
  button: string;
  /** Undo the operation, try again what it left, or plan anew what ended without approval. */
  ask: { by: keyof typeof requests; scope: CampaignIds; operationId: string };
  operationsPath: string;
  reading: Reading;
};

/** Plans from an operation: its undoing, the rest it left, or all of it anew. First what would happen, then the button that does it. */
export function PlanAgain({ title, about, button, ask, operationsPath, reading }: PlanAgainProps) {
  const router = useRouter();
  const heading = useId();
  const { by, scope, operationId } = ask;
  const { undo, tell } = useUndo(scope);
  const onApplied = useCallback(
    (operation: AppliedOperation) => {
      const codes = `${formatCount(operation.changed, "code")} ${effectVerb[operation.effect].done}`;
      if (!operation.running) tell(operation.operationId, by === "undo" ? `Undone: ${codes}` : `Done: ${codes}`);
      router.push(`${operationsPath}/${operation.operationId}`);
    },
    [router, tell, operationsPath, by],
  );
  const asking = usePlan(scope, onApplied);
  const { plan, planning, underway, applying, failure, stale, makePlan, clear, apply } = asking;
  const above = plan?.approvalAbove ?? null;
  const top = useRef<HTMLHeadingElement>(null);
  const planned = plan !== null;
  useEffect(() => {
    if (planned) top.current?.focus(); // the button that had the focus is gone
  }, [planned]);
  const request = requests[by];
  const start = useCallback(
    () => makePlan((replaces) => request({ scope, operationId, replaces })),
    [makePlan, request, scope, operationId],
  );
  const [undoing, startUndo] = useTransition();
  const [because, setBecause] = useState<Reason | null>(null);
  const seeFirst = useCallback(
    (reason: Reason) => {
      setBecause(reason);
      void start();
    },
    [start],
  );
  useEffect(() => {
    const reason = by === "undo" ? takeOver(operationId) : null;
    if (reason) seeFirst(reason);
  }, [by, operationId, seeFirst]);
  // Undo was pressed for a large one, whose plan says now that nothing would be left.
  const clean =
    because === "large" && plan && above === null && !planning && plan.refused === 0 && plan.summary.kept.length === 0;
  useEffect(() => {
    if (!clean || !plan?.changed) return;
    setBecause(null);
    void apply();
  }, [clean, plan, apply]);

  return (
    <section
      aria-labelledby={heading}
      data-needs={by === "undo" ? "operations.undo" : "operations.run"}
      className="flex max-w-3xl flex-col gap-3 rounded-lg border bg-panel p-4"
    >
      <div className="flex flex-wrap items-center justify-between gap-3 sm:flex-nowrap">
        <div>
          <h2 ref={top} id={heading} tabIndex={-1} className="text-lg font-semibold outline-none">
            {title}
          </h2>
          <p className="text-mute">{about}</p>
        </div>
        {!plan && (
          <div className="flex shrink-0 flex-wrap gap-2">
            {by === "undo" && (
              <Button
                icon={<Undo2 aria-hidden="true" className="size-4" />}
                pending={undoing}
                disabled={planning}
                onClick={() => startUndo(() => undo(operationId, seeFirst))}
              >
                Undo
              </Button>
            )}
            <Button variant={by === "undo" ? "quiet" : "plain"} pending={planning} disabled={undoing} onClick={start}>
              {button}
            </Button>
          </div>
        )}
      </div>
      {because === "incomplete" && plan && <p>Not all of it can be undone. This is what would be, and what is left:</p>}
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
          {above !== null && plan.changed > 0 ? (
            <AskApproval
              {...{ scope, plan, above }}
              ready={!planning}
              onRefused={asking.fail}
              beside={
                <Button variant="quiet" onClick={clear}>
                  Cancel
                </Button>
              }
            />
          ) : (
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
          )}
        </div>
      )}
    </section>
  );
}
