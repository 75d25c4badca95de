"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState, useTransition } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
import { toast } from "@/components/ui/toast";
import type { CampaignIds } from "@/lib/access/scope";
import type { Failure } from "@/lib/failure";
import { formatCount } from "@/lib/format";
import { askApprovalAction } from "@/lib/operations/actions";
import type { Plan } from "@/lib/operations/rules";
import { referralPaths } from "@/lib/referrals/list/search-params";

type AskApprovalProps = {
  scope: CampaignIds;
  plan: Plan;
  above: number;
  /** Whether the plan is what is shown now. */
  ready: boolean;
  /** Hears that it was asked for, before the page is left. */
  onAsked?: () => void;
  onRefused: (failure: Failure) => void;
  /** Stands beside the button. */
  beside: ReactNode;
};

/** Has a plan wait for a second person's approval, with a note to them, and leads to its page. */
export function AskApproval({ scope, plan, above, ready, onAsked, onRefused, beside }: AskApprovalProps) {
  const router = useRouter();
  const [note, setNote] = useState("");
  const [problem, setProblem] = useState<string>();
  const [pending, start] = useTransition();
  const ask = () =>
    start(async () => {
      const result = await askApprovalAction({ scope, planId: plan.planId, note }).catch(unreachable);
      setProblem(result.ok ? undefined : result.fields?.note);
      if (!result.ok) return result.fields ? undefined : onRefused(result);
      onAsked?.();
      toast.success(`Asked for approval of ${formatCount(plan.changed, "code")}`);
      router.push(referralPaths(scope).operation(result.data.operationId));
    });
  return (
    <div className="flex max-w-xl flex-col gap-3">
      <p>
        A second person has to approve changes of more than {formatCount(above, "code")}. Whoever may make this change
        can: they see exactly this plan, and apply or refuse it.
      </p>
      <Field name="note" label="Note to them" optional error={problem}>
        <TextArea rows={2} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary" pending={pending} disabled={!ready} onClick={ask}>
          Ask for approval of {formatCount(plan.changed, "code")}
        </Button>
        {beside}
      </div>
    </div>
  );
}
