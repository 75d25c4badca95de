"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { useUndo } from "@/components/operations/undo/use-undo";
import { usePlan } from "@/components/operations/use-plan";
import { PlanPanel } from "@/components/referrals/edit/plan-panel";
import { Button } from "@/components/ui/button";
import { FormErrors } from "@/components/ui/form-errors";
import { RadioGroup } from "@/components/ui/radio-group";
import type { CampaignIds } from "@/lib/access/scope";
import type { Reading } from "@/lib/attributes/titles";
import { formatCount } from "@/lib/format";
import { planChangesAction } from "@/lib/imports/actions";
import type { AppliedOperation } from "@/lib/operations/apply";
import type { CellsInput } from "@/lib/operations/schema";
import { referralPaths } from "@/lib/referrals/list/search-params";
import { DiscardButton } from "./discard-button";

type Props = {
  scope: CampaignIds;
  importId: string;
  /** How many cells others changed since the file was made, to something else than the file says. */
  conflicts: number;
  /** Whether the file has refused rows, which are left out: then nothing is planned before somebody asks for it. */
  onlyGood: boolean;
  reading: Reading;
};

const choices: { value: CellsInput["conflicts"]; label: string; help: string }[] = [
  { value: "skip", label: "Leave what is there now", help: "Your other cells are changed all the same." },
  {
    value: "overwrite",
    label: "Overwrite it with your file",
    help: "What others changed in these cells is replaced.",
  },
];

/** What a file changes, planned; what becomes of the cells that others changed meanwhile; and the button that does it. */
export function ChangesForm({ importId, conflicts, onlyGood, reading, ...props }: Props) {
  const [scope] = useState(props.scope);
  const paths = referralPaths(scope);
  const router = useRouter();
  const { tell } = useUndo(scope);
  const [choice, setChoice] = useState<CellsInput["conflicts"]>("skip");
  const [asked, setAsked] = useState(!onlyGood);
  const [refusal, setRefusal] = useState<string | null>(null);
  const onApplied = useCallback(
    (operation: AppliedOperation) => {
      if (!operation.running) tell(operation.operationId, `Changed ${formatCount(operation.changed, "code")}`);
      router.push(`${paths.operations}/${operation.operationId}`);
    },
    [router, tell, paths.operations],
  );
  const planning = usePlan(scope, onApplied);
  const { makePlan } = planning;
  useEffect(() => {
    if (!asked) return;
    void makePlan((replaces) => planChangesAction({ ...scope, importId, conflicts: choice, onlyGood, replaces }));
  }, [asked, makePlan, scope, importId, choice, onlyGood]);

  const discard = <DiscardButton {...{ scope, importId }} importPath={paths.import} onRefused={setRefusal} />;
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      {conflicts > 0 && (
        <RadioGroup
          name="conflicts"
          label={`${formatCount(conflicts, "cell")} of yours that others changed too`}
          help={
            <a href="#conflicts" className="link">
              See which
            </a>
          }
          options={choices}
          value={choice}
          onValueChange={(value) => setChoice(value as CellsInput["conflicts"])}
        />
      )}
      {asked ? (
        <PlanPanel planning={planning} reading={reading} verb="Change" empty="" cancel={discard} />
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <Button variant="primary" onClick={() => setAsked(true)}>
            See what the good rows change
          </Button>
          {discard}
        </div>
      )}
      {refusal && <FormErrors message={refusal} />}
    </div>
  );
}
