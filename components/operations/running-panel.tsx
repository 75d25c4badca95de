"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { ProgressLine } from "@/components/operations/progress-line";
import { startedEvent, useProgress } from "@/components/operations/use-progress";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FormErrors } from "@/components/ui/form-errors";
import { Progress } from "@/components/ui/progress";
import type { CampaignIds } from "@/lib/access/scope";
import { formatNumber } from "@/lib/format";
import { cancelOperationAction } from "@/lib/operations/actions";

/** A running operation on its own page: live progress, and the way to stop it. The page is read anew when it is over. */
export function RunningPanel({ scope, operationId }: { scope: CampaignIds; operationId: string }) {
  const router = useRouter();
  const {
    operations: [operation],
  } = useProgress(scope.applicationId, operationId);
  const [asking, setAsking] = useState(false);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const finished = operation?.finished ?? false;
  useEffect(() => {
    if (finished) router.refresh();
  }, [finished, router]);

  const cancel = async () => {
    setPending(true);
    const result = await cancelOperationAction({ scope, operationId }).catch(unreachable);
    setPending(false);
    setAsking(false);
    setProblem(result.ok ? null : result.message);
    window.dispatchEvent(new Event(startedEvent));
  };
  return (
    <section aria-labelledby="progress" className="flex max-w-3xl flex-col gap-3 rounded-lg border bg-panel p-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="progress" className="text-lg font-semibold">
          Progress
        </h2>
        <Button data-needs="operations.run" disabled={finished || operation?.cancelled} onClick={() => setAsking(true)}>
          Cancel operation
        </Button>
      </div>
      {operation ? <ProgressLine operation={operation} /> : <Progress label="Running" />}
      <p className="text-mute">It goes on when you leave this page, and after a restart of the server.</p>
      {problem && <FormErrors message={problem} />}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Cancel this operation?"
        confirmLabel="Cancel operation"
        cancelLabel="Keep it running"
        tone="danger"
        pending={pending}
        onConfirm={cancel}
      >
        {operation ? `About ${formatNumber(operation.done)} of ${formatNumber(operation.total)} codes are done.` : ""}{" "}
        They stay as they are then, are recorded, and can be undone. The rest is left alone.
      </ConfirmDialog>
    </section>
  );
}
