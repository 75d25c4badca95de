import { formatCount } from "@/lib/format";
import type { OperationEffect, OperationKind } from "@/lib/operations/schema";

interface Described {
  kind: OperationKind;
  effect: OperationEffect;
  changed: number;
  code: string | null;
  undoesId: string | null;
}

const done: Record<OperationKind, string> = {
  create: "Created",
  import: "Imported",
  edit: "Edited",
  delete: "Deleted",
  undo: "Undid",
};

/** The verb that undoing carries out on rows: what was created is deleted again. */
export const effectVerb: Record<OperationEffect, { now: string; done: string }> = {
  create: { now: "Bring back", done: "brought back" },
  edit: { now: "Change", done: "changed" },
  delete: { now: "Delete", done: "deleted" },
};

/** What an applied operation did: "Edited 9,604 codes", "Deleted REF-7KQ2", "Undid operation 12". */
export function operationText(operation: Described): string {
  if (operation.kind === "undo") {
    return `Undid operation ${operation.undoesId}: ${formatCount(operation.changed, "code")} ${effectVerb[operation.effect].done}`;
  }
  if (operation.code !== null && operation.changed === 1) return `${done[operation.kind]} ${operation.code}`;
  return `${done[operation.kind]} ${formatCount(operation.changed, "code")}`;
}
