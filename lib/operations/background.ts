import type { CampaignIds } from "@/lib/access/scope";
import { db, Prisma, type Transaction } from "@/lib/db";
import { applyPart, undoneBy } from "@/lib/operations/apply";
import { holdUnattended } from "@/lib/operations/approval-request";
import { cellRows } from "@/lib/operations/cells";
import { deletedRows } from "@/lib/operations/delete";
import { editedRows } from "@/lib/operations/edit";
import { closePlan, type PlannedRows, writeStretch } from "@/lib/operations/plan";
import type { OperationSummary } from "@/lib/operations/rules";
import {
  cellsInput,
  editChangesField,
  type OperationEffect,
  type OperationKind,
  type Selection,
} from "@/lib/operations/schema";
import { outcomeOf } from "@/lib/operations/summary";
import { inverseOf, undoneRows } from "@/lib/operations/undo";
import type { Queue } from "@/lib/worker/kinds";

/** An operation in the background as a step is given it: as it is at the start of the step's transaction. */
export interface LeasedOperation {
  application_id: number;
  campaign_id: number;
  id: bigint;
  kind: OperationKind;
  effect: OperationEffect;
  state: "planning" | "running" | "dropped";
  selection: Selection | null;
  input: unknown;
  summary: OperationSummary | null;
  undoes_id: bigint | null;
  matched: number;
  changed: number;
  refused: number;
  total: number;
  done: number;
  /** The highest referral id that is done; null before the first. */
  done_to: bigint | null;
  /** When somebody asked it to stop. */
  cancelled: Date | null;
  /** Nobody waits for its plan: it is applied as soon as that is made. */
  unattended: boolean;
}

/** How many rows one transaction of a background operation handles: a second's work or so. */
export const rowsAtOnce = 10_000;

/** One transaction's worth of a background operation, with its progress; true when nothing is left to do. */
export type Step = (tx: Transaction, operation: LeasedOperation) => Promise<boolean>;

function scopeOf(operation: LeasedOperation): CampaignIds {
  return { applicationId: operation.application_id, campaignId: operation.campaign_id };
}

function own({ application_id, id }: LeasedOperation): Prisma.Sql {
  return Prisma.sql`application_id = ${application_id} AND id = ${id}`;
}

/** The rows that a plan's verb writes, made again from what the operation keeps of its request. */
async function rowsOf(operation: LeasedOperation): Promise<PlannedRows> {
  const scope = scopeOf(operation);
  const { selection, input, undoes_id: undoesId } = operation;
  if (undoesId !== null) return undoneRows(scope, undoesId, inverseOf(operation.effect));
  const cells = cellsInput.safeParse(input).data;
  if (cells) return cellRows(scope, cells, selection?.by === "left" ? BigInt(selection.operationId) : null);
  if (selection === null) throw new Error(`operation ${operation.id} has no selection`);
  if (operation.kind === "delete")
    return deletedRows(scope, selection, (input as { keepRedeemed?: boolean }).keepRedeemed === true);
  const { timeZone } = await db.application.findUniqueOrThrow({ where: { id: scope.applicationId } });
  return editedRows(scope, selection, editChangesField.parse(input), timeZone);
}

/** Plans the next stretch of the selection; when there is none, sums up. */
const plan: Step = async (tx, operation) => {
  const rows = await rowsOf(operation);
  const discard = async () => {
    await tx.$executeRaw`UPDATE operation SET state = 'dropped' WHERE ${own(operation)}`;
    return false;
  };
  const counted = await writeStretch(
    tx,
    operation.application_id,
    operation.id,
    rows({ after: operation.done_to, limit: rowsAtOnce }),
  );
  const [matched, changed, refused] = [
    operation.matched + Number(counted.matched),
    operation.changed + Number(counted.changed),
    operation.refused + Number(counted.refused),
  ];
  if (Number(counted.matched) === rowsAtOnce) {
    await tx.$executeRaw`
      UPDATE operation SET matched = ${matched}, changed = ${changed}, refused = ${refused}, done = ${matched},
        total = greatest(total, ${matched}), done_to = ${counted.last} WHERE ${own(operation)}`;
    return false;
  }
  // Nobody waits for this undo, and somebody undid the same before it was planned.
  const { unattended, undoes_id: undoesId } = operation;
  if (unattended && undoesId !== null && (await undoneBy(tx, scopeOf(operation), undoesId)) !== null) return discard();
  // Rows of a file were counted before: somebody who discards it, or a crash of the database, takes all that are left.
  if (cellsInput.safeParse(operation.input).success && operation.selection === null && matched < operation.total)
    return discard();
  await closePlan(tx, scopeOf(operation), operation.id, {
    matched,
    changed,
    refused,
    same: matched - changed - refused,
  });
  if (!unattended) return true;
  if (await holdUnattended(tx, scopeOf(operation), operation.id)) return true;
  await tx.$executeRaw`
    UPDATE operation SET state = 'running', started = clock_timestamp(), total = changed, done = 0, done_to = NULL
    WHERE ${own(operation)}`;
  return false;
};

/** Applies the next part of a plan; after the last one the operation is applied. A cancelled one leaves the rest, and says so. */
const apply: Step = async (tx, operation) => {
  const scope = scopeOf(operation);
  const [next] = await tx.$queryRaw<[{ to: bigint | null; rows: bigint }]>`
    SELECT max(referral_id) AS to, count(*) AS rows FROM (
      SELECT referral_id FROM change
      WHERE application_id = ${operation.application_id} AND operation_id = ${operation.id} AND refusal IS NULL
        AND referral_id > ${operation.done_to ?? 0n} ORDER BY referral_id LIMIT ${rowsAtOnce}) part`;
  if (next.to === null) {
    await finish(tx, operation);
    return true;
  }
  const rows = Number(next.rows);
  let left: number;
  if (operation.cancelled) {
    left = await tx.$executeRaw`
      UPDATE change SET refusal = 'cancelled'
      WHERE application_id = ${operation.application_id} AND operation_id = ${operation.id} AND refusal IS NULL
        AND referral_id > ${operation.done_to ?? 0n} AND referral_id <= ${next.to}`;
  } else {
    const { id, effect, undoes_id, input } = operation;
    left = await applyPart(tx, scope, {
      id,
      effect,
      undoes_id,
      input,
      from: (operation.done_to ?? 0n) + 1n,
      to: next.to,
    });
  }
  await tx.$executeRaw`
    UPDATE operation SET done = done + ${rows}, done_to = ${next.to}, changed = changed - ${left}, refused = refused + ${left}
    WHERE ${own(operation)}`;
  return false;
};

/** Ends an operation that ran in the background; where rows were left, its summary tells what was done instead of planned. */
async function finish(tx: Transaction, operation: LeasedOperation): Promise<void> {
  const summary =
    operation.summary && operation.changed < operation.total
      ? { ...operation.summary, ...(await outcomeOf(tx, operation.application_id, operation.id)) }
      : operation.summary;
  // one that was through before it could stop was not cancelled
  await tx.$executeRaw`
    UPDATE operation SET state = 'applied', applied = clock_timestamp(), done_to = NULL, lease_owner = NULL, lease_until = NULL,
      cancelled = CASE WHEN EXISTS (SELECT FROM change c WHERE c.application_id = ${operation.application_id}
        AND c.operation_id = ${operation.id} AND c.refusal = 'cancelled') OR kind = 'create' THEN cancelled END,
      summary = ${summary === null ? null : JSON.stringify(summary)}::jsonb
    WHERE ${own(operation)}`;
}

/** Removes the next rows of a plan that nobody wants any more, then the plan. */
const drop: Step = async (tx, operation) => {
  const { application_id: applicationId, id } = operation;
  // up to an id, not a list of them: without statistics the planner would make the list anew for each row
  const removed = await tx.$executeRaw`
    DELETE FROM change WHERE application_id = ${applicationId} AND operation_id = ${id}
      AND referral_id <= (SELECT max(referral_id) FROM (SELECT referral_id FROM change
        WHERE application_id = ${applicationId} AND operation_id = ${id} ORDER BY referral_id LIMIT ${2 * rowsAtOnce}) part)`;
  if (removed > 0) return false;
  await tx.$executeRaw`DELETE FROM operation WHERE ${own(operation)}`;
  return true;
};

/**
 * Operations in the background as work.
 * @param running what is done for kinds that are no plan, as those make their codes; other kinds apply theirs
 */
export function operationQueue(running: Partial<Record<OperationKind, Step>>): Queue<LeasedOperation> {
  return {
    called: "an operation in the background",
    table: "operation",
    key: ["application_id", "id"],
    waits: "state IN ('planning', 'running', 'dropped')",
    columns: [
      "application_id",
      "campaign_id",
      "id",
      "kind",
      "effect",
      "state",
      "selection",
      "input",
      "summary",
      "undoes_id",
      "matched",
      "changed",
      "refused",
      "total",
      "done",
      "done_to",
      "cancelled",
      "unattended",
    ],
    step(tx, operation) {
      const { state, kind } = operation;
      if (state === "planning") return plan(tx, operation);
      if (state === "dropped") return drop(tx, operation);
      return (running[kind] ?? apply)(tx, operation);
    },
  };
}
