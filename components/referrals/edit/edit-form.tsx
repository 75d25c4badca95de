"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useKeptInput } from "@/components/forms/use-kept-input";
import { useUndo } from "@/components/operations/undo/use-undo";
import { usePlan } from "@/components/operations/use-plan";
import { EditFields } from "@/components/referrals/edit/edit-fields";
import { type EditState, type Instruction, readEdit, rowOfPath } from "@/components/referrals/edit/edit-state";
import { PlanPanel } from "@/components/referrals/edit/plan-panel";
import { ScheduleLater } from "@/components/schedules/schedule-later";
import { ButtonLink } from "@/components/ui/button-link";
import { useLeaveWarning } from "@/components/ui/use-leave-warning";
import type { CampaignIds } from "@/lib/access/scope";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import { formatCount } from "@/lib/format";
import { planEditAction } from "@/lib/operations/actions";
import type { AppliedOperation } from "@/lib/operations/apply";
import type { Selection } from "@/lib/operations/schema";
import type { Subject } from "@/lib/operations/subject";

type EditFormProps = {
  scope: CampaignIds;
  selection: Selection;
  subject: Subject;
  attributes: AttributeDefinition[];
  zone: string;
  /** Where to go after applying; null is the operation's own page. */
  donePath: string | null;
  operationsPath: string;
  cancelPath: string;
};

const typingPause = 350;

/** Edits one code or a batch: fields on the left, the plan of exactly these instructions on the right. */
export function EditForm(props: EditFormProps) {
  const { subject, attributes, zone, donePath, operationsPath } = props;
  // What was asked for when the form opened: reading the page again must not plan again under a hand about to confirm.
  const [{ scope, selection, openedAt }] = useState({ ...props, openedAt: subject.openedAt });
  const router = useRouter();
  const { tell } = useUndo(scope);
  const [state, setState] = useState<EditState>({});
  const [done, setDone] = useState(false);
  const { changes, problems } = useMemo(() => readEdit(state, attributes, zone), [state, attributes, zone]);
  const onApplied = useCallback(
    (operation: AppliedOperation) => {
      setDone(true);
      if (!operation.running) tell(operation.operationId, `Changed ${formatCount(operation.changed, "code")}`);
      router.push(operation.running || !donePath ? `${operationsPath}/${operation.operationId}` : donePath);
    },
    [router, tell, donePath, operationsPath],
  );
  const instructions = changes && JSON.stringify(changes);
  const planning = usePlan(scope, onApplied, openedAt);
  const { makePlan, outdate, clear } = planning;

  useEffect(() => {
    if (!instructions) {
      clear();
      return;
    }
    outdate();
    const timer = setTimeout(() => {
      const input = JSON.parse(instructions);
      makePlan((replaces) => planEditAction({ scope, selection, changes: input, openedAt, replaces }));
    }, typingPause);
    return () => clearTimeout(timer);
  }, [instructions, scope, selection, openedAt, makePlan, outdate, clear]);

  const dirty = Object.values(state).some((row) => row.do !== "leave") && !done;
  useLeaveWarning(dirty);
  useKeptInput(state, dirty, setState);

  const shownProblems = { ...problems };
  for (const [path, text] of Object.entries(planning.failure?.fields ?? {})) shownProblems[rowOfPath(path)] ??= text;
  const change = (field: string, row: Instruction) => setState((now) => ({ ...now, [field]: row }));
  return (
    // Without autocomplete a browser that comes Back does not put old choices into a form that starts anew.
    <form
      autoComplete="off"
      onSubmit={(event) => event.preventDefault()}
      className="@container flex min-w-0 flex-1 flex-col border-t"
    >
      <div className="grid min-w-0 flex-1 @min-[52rem]:grid-cols-[minmax(26rem,34rem)_minmax(0,1fr)]">
        <section aria-labelledby="fields" className="@container min-w-0 px-4 py-5 sm:px-6">
          <h2 id="fields" className="text-lg font-semibold">
            What should change
          </h2>
          <EditFields {...{ subject, attributes, zone, state }} problems={shownProblems} onChange={change} />
        </section>
        <div className="min-w-0 border-t bg-panel px-4 py-5 sm:px-6 @min-[52rem]:border-t-0 @min-[52rem]:border-l">
          <PlanPanel
            planning={planning}
            reading={{ timeZone: zone, attributes }}
            verb="Change"
            empty={
              Object.keys(problems).length > 0
                ? "Correct the marked fields to see the plan."
                : "Choose what should change. Every code is counted here before anything happens, and nothing happens before you confirm."
            }
            cancel={
              <ButtonLink variant="quiet" href={props.cancelPath}>
                Cancel
              </ButtonLink>
            }
            onAsked={() => setDone(true)}
            later={(plan) => (
              <ScheduleLater {...{ scope, plan, zone, operationsPath }} onScheduled={() => setDone(true)} />
            )}
          />
        </div>
      </div>
    </form>
  );
}
