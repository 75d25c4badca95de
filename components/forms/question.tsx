"use client";

import { type ReactNode, useState, useTransition } from "react";
import { unreachable } from "@/components/forms/unreachable";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import type { ActionResult } from "@/lib/action";

type QuestionProps<Result> = {
  title: string;
  /** What happens, and what does not. */
  children: ReactNode;
  confirmLabel: string;
  tone: "primary" | "danger";
  /** The title where it was refused. */
  refusedTitle: string;
  act: () => Promise<ActionResult<Result>>;
  onDone: (result: Result) => void;
  onClose: () => void;
};

/** Asks, does it, and says why where it was refused. */
export function Question<Result>(props: QuestionProps<Result>) {
  const { title, children, confirmLabel, tone, refusedTitle, act, onDone, onClose } = props;
  const [refusal, setRefusal] = useState<string>();
  const [pending, start] = useTransition();

  function confirm() {
    start(async () => {
      const result = await act().catch(unreachable);
      if (result.ok) onDone(result.data);
      else setRefusal(result.message);
    });
  }

  if (refusal !== undefined)
    return (
      <Dialog
        open
        onClose={onClose}
        title={refusedTitle}
        description={refusal}
        actions={<Button onClick={onClose}>Close</Button>}
      />
    );
  return (
    <ConfirmDialog open {...{ title, confirmLabel, tone, pending, onClose }} onConfirm={confirm}>
      {children}
    </ConfirmDialog>
  );
}
