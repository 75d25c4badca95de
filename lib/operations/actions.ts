"use server";

import { defineAction } from "@/lib/action";
import { applyPlan } from "@/lib/operations/apply";
import { saveAtOnce, undoAtOnce } from "@/lib/operations/at-once";
import { cancelOperation, planRetry } from "@/lib/operations/control";
import { planDelete } from "@/lib/operations/delete";
import { planEdit } from "@/lib/operations/edit";
import {
  applyPlanInput,
  cancelInput,
  planDeleteInput,
  planEditInput,
  planRetryInput,
  planUndoInput,
  saveInput,
  undoInput,
} from "@/lib/operations/schema";
import { planUndo } from "@/lib/operations/undo";

/** Plans an edit; the answer is what the form shows before its button is active. */
export const planEditAction = defineAction({
  input: planEditInput,
  permission: "referrals.edit",
  run: planEdit,
  refreshes: false,
});

/** Saves new values of one code. */
export const saveAction = defineAction({ input: saveInput, permission: "referrals.edit", run: saveAtOnce });

/** Plans a deletion. */
export const planDeleteAction = defineAction({
  input: planDeleteInput,
  permission: "referrals.delete",
  run: planDelete,
  refreshes: false,
});

/** Plans the undoing of an operation. */
export const planUndoAction = defineAction({
  input: planUndoInput,
  permission: "operations.undo",
  run: planUndo,
  refreshes: false,
});

/** Undoes an operation at once, where nothing of it would be left. */
export const undoAction = defineAction({ input: undoInput, permission: "operations.undo", run: undoAtOnce });

/** Applies a plan exactly as it was shown. */
export const applyPlanAction = defineAction({ input: applyPlanInput, permission: "operations.run", run: applyPlan });

/** Plans again what an operation left because it was cancelled or codes had changed. */
export const planRetryAction = defineAction({
  input: planRetryInput,
  permission: "operations.run",
  run: planRetry,
  refreshes: false,
});

/** Asks a running operation to stop; what it did stays and can be undone. */
export const cancelOperationAction = defineAction({
  input: cancelInput,
  permission: "operations.run",
  run: cancelOperation,
});
