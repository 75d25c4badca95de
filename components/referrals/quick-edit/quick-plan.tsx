import type { usePlan } from "@/components/operations/use-plan";
import { planSentence } from "@/components/referrals/edit/plan-sentence";
import { FormErrors } from "@/components/ui/form-errors";
import { formatNumber } from "@/lib/format";
import { refusalText } from "@/lib/operations/reasons";

type QuickPlanProps = {
  planning: ReturnType<typeof usePlan>;
  /** Whether what is wrong stands at the field already. */
  toldAbove: boolean;
};

/** What a quick edit will come to, in a few lines: counts, and why codes are refused. */
export function QuickPlan({ planning: { plan, planning, underway, failure, stale }, toldAbove }: QuickPlanProps) {
  return (
    <>
      {failure && !toldAbove && <FormErrors message={failure.message} outdated={failure.code === "outdated"} />}
      {stale && <p className="text-warn">{stale.message}</p>}
      <div role="status" aria-busy={planning} className="num min-h-10 text-sm text-mute">
        {planning &&
          (underway ? `Counting: ${formatNumber(underway.done)} of ${formatNumber(underway.total)}` : "Counting…")}
        {!planning &&
          !plan &&
          !failure &&
          "What it changes is counted as you type; nothing happens before you press the button."}
        {!planning && plan && (
          <>
            <p>{planSentence(plan)}</p>
            {plan.approvalAbove !== null && <p className="text-warn">Needs approval: ask for it under More fields.</p>}
            {plan.summary.refusals.map(({ refusal, count, codes }) => (
              <p key={refusal} className="[overflow-wrap:anywhere]">
                {refusalText(refusal, count)} <span className="mono">{codes.slice(0, 3).join(", ")}</span>
                {count > 3 && " …"}
              </p>
            ))}
          </>
        )}
      </div>
    </>
  );
}
