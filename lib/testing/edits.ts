import type { CampaignIds } from "@/lib/access/scope";
import { applyPlan } from "@/lib/operations/apply";
import { planEdit } from "@/lib/operations/edit";
import { editChangesField, type Selection } from "@/lib/operations/schema";
import { planUndo } from "@/lib/operations/undo";
import { admitted } from "./builders";

/** Planning, applying and undoing edits, in the campaign that `scope` gives at the time. */
export function editing(scope: () => CampaignIds) {
  const apply = (plan: { planId: string }) => applyPlan(admitted(scope()), { planId: plan.planId });
  return {
    edit: (selection: Selection, changes: object, more: object = {}) =>
      planEdit(admitted(scope()), { selection, changes: editChangesField.parse(changes), ...more }),
    apply,
    undo: async (operationId: string) => apply(await planUndo(admitted(scope()), { operationId })),
  };
}

/** The instruction for a field to hold a value. */
export const set = (value: unknown) => ({ do: "set", value });

/** The codes of a batch. */
export const ofBatch = (batchId: string): Selection => ({ by: "batch", batchId });
