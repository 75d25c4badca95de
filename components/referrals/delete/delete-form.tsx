"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { useUndo } from "@/components/operations/undo/use-undo";
import { usePlan } from "@/components/operations/use-plan";
import { PlanPanel } from "@/components/referrals/edit/plan-panel";
import { ButtonLink } from "@/components/ui/button-link";
import { Checkbox } from "@/components/ui/checkbox";
import type { CampaignIds } from "@/lib/access/scope";
import type { Reading } from "@/lib/attributes/titles";
import { formatCount } from "@/lib/format";
import { planDeleteAction } from "@/lib/operations/actions";
import type { AppliedOperation } from "@/lib/operations/apply";
import type { Selection } from "@/lib/operations/schema";

type DeleteFormProps = {
  scope: CampaignIds;
  selection: Selection;
  openedAt: string;
  reading: Reading;
  operationsPath: string;
  cancelPath: string;
};

/** Deletes one code or a batch: the plan first, with redeemed codes named, then the button. */
export function DeleteForm(props: DeleteFormProps) {
  const { reading, operationsPath, cancelPath } = props;
  // as it was asked for when the form opened: reading the page again plans nothing
  const [{ scope, selection, openedAt }] = useState(props);
  const router = useRouter();
  const { tell } = useUndo(scope);
  const [keepRedeemed, setKeepRedeemed] = useState(false);
  const onApplied = useCallback(
    (operation: AppliedOperation) => {
      if (!operation.running) tell(operation.operationId, `Deleted ${formatCount(operation.changed, "code")}`);
      router.push(`${operationsPath}/${operation.operationId}`);
    },
    [router, tell, operationsPath],
  );
  const planning = usePlan(scope, onApplied, openedAt);
  const { makePlan } = planning;

  useEffect(() => {
    makePlan((replaces) => planDeleteAction({ scope, selection, keepRedeemed, openedAt, replaces }));
  }, [makePlan, scope, selection, keepRedeemed, openedAt]);

  const hasRedeemed = keepRedeemed || (planning.plan?.summary.redeemed.codes ?? 0) > 0;
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      {hasRedeemed && (
        <Checkbox
          checked={keepRedeemed}
          onChange={(event) => setKeepRedeemed(event.target.checked)}
          label="Keep codes that have been redeemed"
          help="Only codes that nobody has used are deleted then."
        />
      )}
      <PlanPanel
        planning={planning}
        reading={reading}
        verb="Delete"
        variant="danger"
        empty="Counting the codes…"
        cancel={
          <ButtonLink variant="quiet" href={cancelPath}>
            Cancel
          </ButtonLink>
        }
      />
    </div>
  );
}
