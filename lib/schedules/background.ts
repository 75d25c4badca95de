import { worker } from "@/lib/access/actor";
import { recordedActor } from "@/lib/access/recorded-actor";
import { admit, type CampaignIds, type Scope } from "@/lib/access/scope";
import type { Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { lockPlan } from "@/lib/operations/apply";
import { endRequest } from "@/lib/operations/approval-request";
import { askedEdit } from "@/lib/operations/edit";
import { planUnattended } from "@/lib/operations/plan";
import { editChangesField, selectionField } from "@/lib/operations/schema";
import { askedUndo } from "@/lib/operations/undo";
import { keptReason, type Reason } from "@/lib/reasons";
import type { ScheduleState } from "@/lib/schedules/schema";
import type { Queue } from "@/lib/worker/kinds";

interface DueSchedule {
  application_id: number;
  campaign_id: number;
  id: bigint;
  actor_kind: string;
  actor_id: string;
  actor_name: string;
  selection: unknown;
  input: unknown;
  ends: Date | null;
  state: "waiting" | "lasting";
  operation_id: bigint | null;
}

/** What becomes of a schedule; `due` is null when it is over. */
interface Next {
  state: ScheduleState;
  due: Date | null;
  operationId?: bigint;
  undoId?: bigint;
  refusal?: Reason;
}

/** How long after a change that is still being made its taking back is asked for again, in milliseconds. */
const again = 2_000;

const placeOf = ({ application_id, campaign_id }: DueSchedule): CampaignIds => ({
  applicationId: application_id,
  campaignId: campaign_id,
});

/** Makes the edit of a schedule, as an operation that is planned and applied in the background. */
async function begin(tx: Transaction, schedule: DueSchedule): Promise<Next> {
  const scope = admit(await recordedActor(tx, schedule), placeOf(schedule), "referrals.edit");
  const request = await askedEdit(scope, {
    selection: selectionField.parse(schedule.selection),
    changes: editChangesField.parse(schedule.input),
  });
  const operationId = await planUnattended(tx, scope, request);
  return schedule.ends
    ? { state: "lasting", due: schedule.ends, operationId }
    : { state: "over", due: null, operationId };
}

/** Ends an edit that still waits for approval when it is to be taken back; somebody may decide at this very moment. */
async function endUnapproved(tx: Transaction, schedule: DueSchedule, id: bigint): Promise<Next> {
  const ids = placeOf(schedule);
  const operation = await lockPlan(tx, ids, id);
  if (operation.state !== "waiting") return { state: "lasting", due: new Date(Date.now() + again) };
  await endRequest(tx, { actor: worker, ids }, operation, "undecided");
  return { state: "refused", due: null, refusal: { reason: "schedule_not_approved" } };
}

/** Undoes the edit of a schedule, as soon as that is through. */
async function takeBack(tx: Transaction, schedule: DueSchedule): Promise<Next> {
  const id = schedule.operation_id ?? 0n;
  const made = await tx.operation.findUnique({
    where: { applicationId_id: { applicationId: schedule.application_id, id } },
    select: { state: true, changed: true },
  });
  if (made?.state === "waiting") return endUnapproved(tx, schedule, id);
  if (made?.state === "ended") return { state: "over", due: null };
  if (made?.state === "planning" || made?.state === "running")
    return { state: "lasting", due: new Date(Date.now() + again) };
  if (made?.changed === 0) return { state: "over", due: null };
  const scope: Scope<"operations.undo"> = admit(
    await recordedActor(tx, schedule),
    placeOf(schedule),
    "operations.undo",
  );
  return {
    state: "over",
    due: null,
    undoId: await planUnattended(tx, scope, await askedUndo(scope, { operationId: String(id) })),
  };
}

/** What is refused at its time is not tried again: it says why, in Operations. */
function refused(error: unknown): Next {
  if (!(error instanceof DomainError)) throw error;
  const undone = error.reason.reason === "operation_undone";
  return {
    state: undone ? "over" : "refused",
    due: null,
    refusal: undone ? { reason: "schedule_taken_back" } : error.reason,
  };
}

/** Scheduled edits as work: each step makes an operation and says so, in one transaction. */
export function scheduleQueue(): Queue<DueSchedule> {
  return {
    called: "a scheduled change",
    table: "schedule",
    key: ["application_id", "id"],
    waits: "due <= clock_timestamp()",
    columns: [
      "application_id",
      "campaign_id",
      "id",
      "actor_kind",
      "actor_id",
      "actor_name",
      "selection",
      "input",
      "ends",
      "state",
      "operation_id",
    ],
    async step(tx, schedule) {
      const next = await (schedule.state === "waiting" ? begin : takeBack)(tx, schedule).catch(refused);
      const { state, due, operationId = schedule.operation_id, undoId = null, refusal } = next;
      await tx.$executeRaw`
        UPDATE schedule SET state = ${state}, due = ${due}, operation_id = ${operationId}, undo_id = ${undoId},
          refusal = ${refusal ? keptReason(refusal) : null}
        WHERE application_id = ${schedule.application_id} AND id = ${schedule.id}`;
      return true;
    },
  };
}
