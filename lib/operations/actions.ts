"use server";

import { defineAction } from "@/lib/action";
import { applyPlan } from "@/lib/operations/apply";
import { approvePlan, askApproval, refusePlan, withdrawPlan } from "@/lib/operations/approval";
import { saveAtOnce, undoAtOnce } from "@/lib/operations/at-once";
import { cancelOperation, planAnew, planRetry } from "@/lib/operations/control";
import { planDelete } from "@/lib/operations/delete";
import { planEdit } from "@/lib/operations/edit";
import {
  applyPlanInput,
  approvalInput,
  askApprovalInput,
  cancelInput,
  planDeleteInput,
  planEditInput,
  planRetryInput,
  planUndoInput,
  refusePlanInput,
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

/** Has a plan wait for a second person's approval. */
export const askApprovalAction = defineAction({
  input: askApprovalInput,
  permission: "operations.run",
  run: askApproval,
});

/** Approves a plan that somebody else asked for, and applies it. */
export const approvePlanAction = defineAction({
  input: approvalInput,
  permission: "operations.approve",
  run: approvePlan,
});

/** Refuses a plan that somebody else asked for. */
export const refusePlanAction = defineAction({
  input: refusePlanInput,
  permission: "operations.approve",
  run: refusePlan,
});

/** Takes one's own request for approval back. */
export const withdrawPlanAction = defineAction({
  input: approvalInput,
  permission: "operations.run",
  run: withdrawPlan,
});

/** Plans again what an operation left because it was cancelled or codes had changed. */
export const planRetryAction = defineAction({
  input: planRetryInput,
  permission: "operations.run",
  run: planRetry,
  refreshes: false,
});

/** Plans again what ended without approval. */
export const planAnewAction = defineAction({
  input: planRetryInput,
  permission: "operations.run",
  run: planAnew,
  refreshes: false,
});

/** Asks a running operation to stop; what it did stays and can be undone. */
export const cancelOperationAction = defineAction({
  input: cancelInput,
  permission: "operations.run",
  run: cancelOperation,
});
