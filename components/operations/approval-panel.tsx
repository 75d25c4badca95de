"use client";

import { useState, useTransition } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { DriftNote } from "@/components/operations/drift-note";
import { effectVerb } from "@/components/operations/operation-text";
import { RefuseForm } from "@/components/operations/refuse-form";
import { startedEvent } from "@/components/operations/use-progress";
import { Button } from "@/components/ui/button";
import { FormErrors } from "@/components/ui/form-errors";
import { toast } from "@/components/ui/toast";
import type { CampaignIds } from "@/lib/access/scope";
import type { ActionResult } from "@/lib/action";
import type { Reading } from "@/lib/attributes/titles";
import type { Failure } from "@/lib/failure";
import { formatCount } from "@/lib/format";
import { applyPlanAction, approvePlanAction, withdrawPlanAction } from "@/lib/operations/actions";
import type { AppliedOperation } from "@/lib/operations/apply";
import type { Drift } from "@/lib/operations/rules";
import type { OperationEffect } from "@/lib/operations/schema";

type ApprovalPanelProps = {
  scope: CampaignIds;
  operation: { id: string; effect: OperationEffect; changed: number };
  asker: string;
  /** Whether whoever looks is who asked. */
  own: boolean;
  /** Whether it still needs approval, by the setting of now. */
  needed: boolean;
  reading: Reading;
};

/** What can be done with a plan that waits for approval: approved or refused by others, withdrawn by who asked. */
export function ApprovalPanel({ scope, operation, asker, own, needed, reading }: ApprovalPanelProps) {
  const [failure, setFailure] = useState<Failure>();
  const [refusing, setRefusing] = useState(false);
  const [pending, start] = useTransition();
  const codes = formatCount(operation.changed, "code");
  const input = { scope, operationId: operation.id };
  const act = <Result,>(what: () => Promise<ActionResult<Result>>, done: (result: Result) => void) =>
    start(async () => {
      const result = await what().catch(unreachable);
      setFailure(result.ok ? undefined : result);
      if (result.ok) done(result.data);
    });
  const applied = ({ running, effect }: AppliedOperation) => {
    if (running) window.dispatchEvent(new Event(startedEvent));
    else toast.success(`${codes} ${effectVerb[effect].done}`);
  };
  const verb = effectVerb[operation.effect].now.toLowerCase();
  const variant = operation.effect === "delete" ? "danger" : "primary";
  return (
    <section
      aria-labelledby="approval"
      data-needs={own ? "operations.run" : "operations.approve"}
      className="flex max-w-3xl flex-col gap-3 rounded-lg border bg-panel p-4"
    >
      <h2 id="approval" className="text-lg font-semibold">
        {own ? "Your request" : "Your decision"}
      </h2>
      {own ? (
        <p className="text-mute">
          {needed
            ? "Somebody else decides. Until then you can withdraw it; to change it, withdraw it and plan anew."
            : "The application’s setting was changed meanwhile: this change needs nobody’s approval any more."}
        </p>
      ) : (
        <p className="text-mute">
          Exactly the codes and values below. Codes that changed since are named, and nothing is done then
          {operation.changed > 20_000 && "; of so many, those alone are left"}.
        </p>
      )}
      {failure?.code === "stale" ? (
        <>
          <DriftNote message={failure.message} drift={driftOf(failure)} reading={reading} />
          <p>
            This plan cannot be applied as it is. {own ? "Withdraw it" : `Refuse it, or have ${asker} withdraw it`} and
            plan the change anew.
          </p>
        </>
      ) : (
        failure && <FormErrors message={failure.message} outdated={failure.code === "outdated"} />
      )}
      {refusing ? (
        <RefuseForm {...input} codes={codes} onClose={() => setRefusing(false)} />
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          {!own && (
            <>
              <Button variant={variant} pending={pending} onClick={() => act(() => approvePlanAction(input), applied)}>
                Approve and {verb} {codes}
              </Button>
              <Button disabled={pending} onClick={() => setRefusing(true)}>
                Refuse…
              </Button>
            </>
          )}
          {own && !needed && (
            <Button
              variant={variant}
              pending={pending}
              onClick={() => act(() => applyPlanAction({ scope, planId: operation.id }), applied)}
            >
              {effectVerb[operation.effect].now} {codes}
            </Button>
          )}
          {own && (
            <Button
              pending={pending}
              onClick={() =>
                act(
                  () => withdrawPlanAction(input),
                  () => toast.success("The request is withdrawn"),
                )
              }
            >
              Withdraw
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

const driftOf = ({ details }: Failure) =>
  (details as { total: number; rows: Drift[] } | undefined) ?? { total: 0, rows: [] };
