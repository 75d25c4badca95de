import type { ReactNode } from "react";
import { AskApproval } from "@/components/operations/ask-approval";
import { DriftNote } from "@/components/operations/drift-note";
import { PlanView } from "@/components/operations/plan-view";
import type { usePlan } from "@/components/operations/use-plan";
import { planSentence } from "@/components/referrals/edit/plan-sentence";
import { Button } from "@/components/ui/button";
import type { ButtonVariant } from "@/components/ui/button-class";
import { FormErrors } from "@/components/ui/form-errors";
import { Progress } from "@/components/ui/progress";
import type { Reading } from "@/lib/attributes/titles";
import { formatCount, formatNumber } from "@/lib/format";
import type { Plan, Underway } from "@/lib/operations/rules";

type PlanPanelProps = {
  planning: ReturnType<typeof usePlan>;
  reading: Reading;
  /** "Change", "Delete": the verb of the button. */
  verb: string;
  variant?: ButtonVariant;
  /** What stands here before there is a plan. */
  empty: ReactNode;
  cancel: ReactNode;
  /** Another way to have it made, given the plan where its button works. */
  later?: (plan: Plan | null) => ReactNode;
  /** Hears that approval was asked for, before the page is left. */
  onAsked?: () => void;
};

/** What will happen, and the button that makes it happen. The button works only on the plan that is shown. */
export function PlanPanel({
  planning,
  reading,
  verb,
  variant = "primary",
  empty,
  cancel,
  later,
  onAsked,
}: PlanPanelProps) {
  const { plan, failure, stale, applying } = planning;
  const above = plan?.approvalAbove ?? null;
  const ready = plan !== null && plan.changed > 0 && !planning.planning;
  return (
    <section aria-labelledby="plan" className="flex min-w-0 flex-col gap-4">
      <h2 id="plan" className="text-lg font-semibold">
        What will happen
      </h2>
      {stale && <DriftNote {...stale} reading={reading} />}
      {failure && <FormErrors message={failure.message} outdated={failure.code === "outdated"} />}
      <div
        aria-busy={planning.planning}
        className={planning.planning ? "flex flex-col gap-4 opacity-60" : "flex flex-col gap-4"}
      >
        {planning.planning && <PlanningProgress underway={planning.underway} />}
        {plan ? (
          <PlanView plan={plan} reading={reading} />
        ) : (
          !planning.planning && !failure && <div className="text-mute">{empty}</div>
        )}
      </div>
      {plan !== null && above !== null ? (
        <AskApproval
          {...{ plan, above, ready, onAsked }}
          scope={planning.scope}
          onRefused={planning.fail}
          beside={cancel}
        />
      ) : (
        <div className="flex flex-wrap items-center gap-3">
          <Button variant={variant} pending={applying} disabled={!ready} onClick={planning.apply}>
            {verb} {plan && plan.changed > 0 ? formatCount(plan.changed, "code") : "codes"}
          </Button>
          {cancel}
          <span className="text-mute">You can undo this.</span>
        </div>
      )}
      {above === null && later?.(ready && !applying ? plan : null)}
      {above !== null && later && <p className="text-mute">A change that needs approval cannot be scheduled.</p>}
      <p role="status" className="sr-only">
        {plan && !planning.planning ? planSentence(plan) : ""}
      </p>
    </section>
  );
}

/** A large plan is made in the background: how many codes were looked at, then that they are being counted. */
function PlanningProgress({ underway }: { underway: Underway | null }) {
  if (!underway) return <Progress label="Planning" />;
  const { done, total, problem } = underway;
  return (
    <div className="flex flex-col gap-1.5">
      <Progress
        label="Planning"
        value={done}
        max={total}
        text={`${formatNumber(done)} of ${formatNumber(total)} codes`}
      />
      <p className="num text-sm text-mute">
        {done < total ? `Looking at every code: ${formatNumber(done)} of ${formatNumber(total)}` : "Summing up"}
      </p>
      {problem && <p className="text-sm text-bad">{problem}</p>}
    </div>
  );
}
