import { formatCount } from "@/lib/format";
import type { OperationEffect, OperationKind } from "@/lib/operations/schema";

interface Described {
  kind: OperationKind;
  effect: OperationEffect;
  changed: number;
  code: string | null;
  undoesId: string | null;
}

/** What each kind of operation did, in a word. */
export const kindWords: Record<OperationKind, string> = {
  create: "Created",
  import: "Imported",
  edit: "Edited",
  delete: "Deleted",
  undo: "Undone",
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
  if (operation.code !== null && operation.changed === 1) return `${kindWords[operation.kind]} ${operation.code}`;
  return `${kindWords[operation.kind]} ${formatCount(operation.changed, "code")}`;
}

const doing: Record<OperationKind, string> = {
  create: "Creating codes",
  import: "Importing codes",
  edit: "Editing codes",
  delete: "Deleting codes",
  undo: "Undoing",
};

type Underway = Pick<Described, "kind" | "effect" | "changed" | "undoesId"> & { refused: number; cancelled: boolean };

/** What a running operation does: "Editing codes", "Undoing operation 12". */
export function doingText({ kind, undoesId }: Pick<Underway, "kind" | "undoesId">): string {
  return kind === "undo" ? `Undoing operation ${undoesId}` : doing[kind];
}

/** How a background operation ended: "Edited 9,604 codes, 3 left alone". */
export function doneText(operation: Underway): string {
  const text = operationText({ ...operation, code: null });
  const left = operation.refused > 0 ? `, ${formatCount(operation.refused, "left alone", "left alone")}` : "";
  return `${operation.cancelled ? "Cancelled: " : ""}${text}${left}`;
}

/** In a word, why an operation ended before it was through. */
export function endedText({ problem }: { problem: string | null }): string {
  return problem === null ? "Cancelled" : "Ended early";
}
