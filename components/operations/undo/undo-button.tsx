"use client";

import { Undo2 } from "lucide-react";
import { useEffect, useTransition } from "react";
import { Button } from "@/components/ui/button";
import type { CampaignIds } from "@/lib/access/scope";
import { listenForUndo, rememberChange } from "./last-change";
import { useUndo } from "./use-undo";

type UndoButtonProps = {
  scope: CampaignIds;
  operationId: string;
  /** What is undone, for those who hear the button alone. */
  about: string;
  /** In a row: `z` presses it while the row has the focus. Else the key does without it. */
  row?: boolean;
};

/** Undoes an operation with one press. */
export function UndoButton({ scope, operationId, about, row = false }: UndoButtonProps) {
  const { undo } = useUndo(scope);
  const [pending, start] = useTransition();
  useEffect(() => {
    if (row) listenForUndo();
    else rememberChange(() => undo(operationId));
  }, [row, undo, operationId]);
  return (
    <Button
      variant={row ? "quiet" : "plain"}
      data-undo={row || undefined}
      data-needs="operations.undo"
      pending={pending}
      icon={<Undo2 aria-hidden="true" className="size-4" />}
      onClick={() => start(() => undo(operationId))}
    >
      Undo<span className="sr-only"> {about}</span>
    </Button>
  );
}
