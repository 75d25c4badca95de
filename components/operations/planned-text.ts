import { effectVerb } from "@/components/operations/operation-text";
import { formatCount } from "@/lib/format";
import type { OperationEffect, OperationKind } from "@/lib/operations/schema";

type Planned = { kind: OperationKind; effect: OperationEffect; changed: number; undoesId: string | null };

/** What an operation that waits for approval would do: "Change 9,604 codes", "Undo operation 12: delete 30 codes". */
export function plannedText({ kind, effect, changed, undoesId }: Planned): string {
  const { now } = effectVerb[effect];
  const codes = formatCount(changed, "code");
  return kind === "undo" ? `Undo operation ${undoesId}: ${now.toLowerCase()} ${codes}` : `${now} ${codes}`;
}
