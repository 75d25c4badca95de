import { beforeEach, describe, expect, it } from "vitest";
import { pool } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { rowsAtOnce } from "@/lib/operations/background";
import { cancelOperation, planRetry } from "@/lib/operations/control";
import { planDelete } from "@/lib/operations/delete";
import { planEdit } from "@/lib/operations/edit";
import { getOperation, listChanges, listHistory, listProgress } from "@/lib/operations/queries";
import { editChangesField } from "@/lib/operations/schema";
import { planUndo } from "@/lib/operations/undo";
import { admitted, countDrift, redeemed, snapshot } from "@/lib/testing/builders";
import {
  ids,
  limits,
  makeLarge,
  parts,
  planLimit,
  planned,
  scope,
  selection,
  size,
  started,
  work,
  workFor,
} from "@/lib/testing/large-operation";

beforeEach(makeLarge);

describe("a large operation", () => {
  it("is planned and applied in the background, with its record, and undone to the byte", async () => {
    const before = await snapshot(scope);
    const plan = await planLimit(3);
    const same = size / 9;
    expect(plan).toMatchObject({ matched: size, changed: size - same, same, refused: 0 });
    const steps = plan.summary.steps.map(({ before: was, after, count }) => [was, after, count]);
    expect(steps.sort()).toEqual([
      [1, 3, 4 * same],
      [2, 3, 4 * same],
    ]);

    const operationId = await started(plan);
    expect(await applyPlan(admitted(scope), { planId: plan.planId })).toMatchObject({ repeated: true, running: true });
    await workFor(1);
    const [progress] = await listProgress(admitted(scope));
    expect(progress).toMatchObject({ id: operationId, done: rowsAtOnce, total: size - same, finished: false });
    const history = await listHistory(admitted(scope), ids[1] ?? "", 5);
    expect(history.map((entry) => entry.kind)).toEqual(["edit", "create"]);
    expect(await listHistory(admitted(scope), ids.at(-3) ?? "", 5)).toHaveLength(1);
    expect(await getOperation(admitted(scope), operationId)).toMatchObject({ running: true });

    await work();
    expect(await limits()).toEqual({ 3: size });
    expect(await getOperation(admitted(scope), operationId)).toMatchObject({ running: false, changed: size - same });
    expect(await listProgress(admitted(scope))).toMatchObject([{ finished: true, done: size - same }]);

    await started(await planned(await planUndo(admitted(scope), { operationId })));
    await work();
    expect(await snapshot(scope)).toBe(before);
  });

  it("deletes and brings back, with exact counts", async () => {
    const before = await snapshot(scope);
    const deletion = await planned(await planDelete(admitted(scope), { selection, keepRedeemed: false }));
    const operationId = await started(deletion);
    await work();
    expect(await snapshot(scope)).toBe("");
    expect(await countDrift(scope)).toBe(0);
    await started(await planned(await planUndo(admitted(scope), { operationId })));
    await work();
    expect(await snapshot(scope)).toBe(before);
    expect(await countDrift(scope)).toBe(0);
  });

  it("brings back what was the whole table, of which the planner knows that it was emptied", async () => {
    await pool.query("DELETE FROM referral WHERE application_id <> $1", [scope.applicationId]);
    const before = await snapshot(scope);
    const operationId = await started(
      await planned(await planDelete(admitted(scope), { selection, keepRedeemed: false })),
    );
    await work();
    await pool.query("VACUUM (TRUNCATE false, ANALYZE) referral");
    await started(await planned(await planUndo(admitted(scope), { operationId })));
    await work();
    expect(await snapshot(scope)).toBe(before);
  });

  it("leaves codes that were redeemed since, where only unredeemed ones were asked for", async () => {
    const changes = editChangesField.parse({ usageLimit: { do: "set", value: 5 }, onlyUnredeemed: true });
    const plan = await planned(await planEdit(admitted(scope), { selection, changes }));
    await redeemed(scope, ids[3] ?? "", 1);
    const operationId = await started(plan);
    await redeemed(scope, ids[rowsAtOnce + 4] ?? "", 1);
    await work();
    expect(await getOperation(admitted(scope), operationId)).toMatchObject({ changed: size - 2, refused: 2 });
    const left = await listChanges(admitted(scope), operationId, { show: "refused", before: null, size: 10 });
    expect(left.rows.map((row) => row.refusal)).toEqual(["redeemed", "redeemed"]);
  });

  it("leaves what changed since the plan, lists it, and tries it again", async () => {
    const operationId = await started(await planLimit(5));
    await pool.query("UPDATE referral SET usage_limit = 77 WHERE application_id = $1 AND id = ANY($2)", [
      scope.applicationId,
      [ids[4], ids[rowsAtOnce + 4]],
    ]);
    await pool.query("DELETE FROM referral WHERE application_id = $1 AND id = $2", [scope.applicationId, ids[9]]);
    await work();
    const operation = await getOperation(admitted(scope), operationId);
    expect(operation).toMatchObject({ changed: size - 3, refused: 3 });
    expect(operation?.summary?.refusals.map(({ refusal, count }) => [refusal, count])).toEqual([
      ["changed_since", 2],
      ["gone", 1],
    ]);
    const left = await listChanges(admitted(scope), operationId, { show: "refused", before: null, size: 10 });
    expect(left.rows.map((row) => row.referralId)).toEqual([ids[rowsAtOnce + 4], ids[9], ids[4]]);
    expect(await limits()).toEqual({ 5: size - 3, 77: 2 });

    const retry = await planRetry(admitted(scope), { operationId });
    expect(retry).toMatchObject({ matched: 2, changed: 2 });
    await applyPlan(admitted(scope), { planId: retry.planId });
    expect(await limits()).toEqual({ 5: size - 1 });
  });

  it("stops when cancelled, and what it did is undone, the rest tried again", async () => {
    const before = await snapshot(scope);
    const operationId = await started(await planLimit(9));
    await workFor(1);
    await cancelOperation(admitted(scope), { operationId });
    await work();
    expect(await getOperation(admitted(scope), operationId)).toMatchObject({
      running: false,
      cancelled: true,
      changed: rowsAtOnce,
      refused: size - rowsAtOnce,
    });
    expect((await limits())[9]).toBe(rowsAtOnce);
    await cancelOperation(admitted(scope), { operationId });

    const undo = await planUndo(admitted(scope), { operationId });
    expect(undo).toMatchObject({ changed: rowsAtOnce, underway: null });
    await applyPlan(admitted(scope), { planId: undo.planId });
    expect(await snapshot(scope)).toBe(before);
  });

  it("is tried again for what no try has done yet, so that nothing is raised twice", async () => {
    const changes = editChangesField.parse({ usageLimit: { do: "raise", by: 10 } });
    const operationId = await started(await planned(await planEdit(admitted(scope), { selection, changes })));
    await cancelOperation(admitted(scope), { operationId });
    await work();
    const first = await planned(await planRetry(admitted(scope), { operationId }));
    expect(first).toMatchObject({ changed: size });
    const second = await started(first);
    await workFor(1);
    await cancelOperation(admitted(scope), { operationId: second });
    await work();
    const rest = await planned(await planRetry(admitted(scope), { operationId }));
    expect(rest).toMatchObject({ changed: size - rowsAtOnce });
    await applyPlan(admitted(scope), { planId: rest.planId });
    expect(await limits()).toEqual({ 11: (4 * size) / 9, 12: (4 * size) / 9, 13: size / 9 });
    for (const id of [operationId, second]) {
      expect(await getOperation(admitted(scope), id)).toMatchObject({ leftForRetry: false });
    }
    await expect(planRetry(admitted(scope), { operationId })).rejects.toThrow("Nothing is left");

    const undo = await planUndo(admitted(scope), { operationId: rest.planId });
    await applyPlan(admitted(scope), { planId: undo.planId });
    expect(await planned(await planRetry(admitted(scope), { operationId }))).toMatchObject({
      changed: size - rowsAtOnce,
    });
  });

  it("is not tried again for what an undoing left, or what was done again by undoing that", async () => {
    const changes = editChangesField.parse({ usageLimit: { do: "raise", by: 10 } });
    const operationId = await started(await planned(await planEdit(admitted(scope), { selection, changes })));
    await workFor(parts - 1);
    await cancelOperation(admitted(scope), { operationId });
    await work();
    const rest = await planRetry(admitted(scope), { operationId });
    await applyPlan(admitted(scope), { planId: rest.planId });
    await redeemed(scope, ids.at(-1) ?? "", 5);
    const undo = await planUndo(admitted(scope), { operationId: rest.planId });
    expect(undo).toMatchObject({ changed: rest.changed - 1, refused: 1 });
    await applyPlan(admitted(scope), { planId: undo.planId });
    expect(await planRetry(admitted(scope), { operationId })).toMatchObject({ matched: rest.changed - 1 });

    const redo = await planUndo(admitted(scope), { operationId: undo.planId });
    await applyPlan(admitted(scope), { planId: redo.planId });
    expect(await getOperation(admitted(scope), operationId)).toMatchObject({ leftForRetry: false });
    await expect(planRetry(admitted(scope), { operationId })).rejects.toThrow("Nothing is left");
  });

  it("can be undone as a whole where a part of an undoing was taken back", async () => {
    const before = await snapshot(scope);
    const operationId = await started(await planLimit(9));
    await work();
    const undoing = await started(await planned(await planUndo(admitted(scope), { operationId })));
    await workFor(1);
    await cancelOperation(admitted(scope), { operationId: undoing });
    await work();
    const back = await planUndo(admitted(scope), { operationId: undoing });
    await applyPlan(admitted(scope), { planId: back.planId });
    expect(await limits()).toEqual({ 9: size });
    const again = await planned(await planUndo(admitted(scope), { operationId }));
    expect(again).toMatchObject({ changed: size, refused: 0 });
    await started(again);
    await work();
    expect(await snapshot(scope)).toBe(before);
  });

  it("can be undone again where the undoing was cancelled", async () => {
    const before = await snapshot(scope);
    const operationId = await started(await planLimit(9));
    await work();
    const undoing = await started(await planned(await planUndo(admitted(scope), { operationId })));
    await expect(planUndo(admitted(scope), { operationId })).rejects.toThrow("undone already");
    await workFor(1);
    await cancelOperation(admitted(scope), { operationId: undoing });
    await work();
    expect((await limits())[9]).toBe(size - rowsAtOnce);
    const back = await planUndo(admitted(scope), { operationId: undoing });
    await applyPlan(admitted(scope), { planId: back.planId });
    await applyPlan(admitted(scope), await planUndo(admitted(scope), { operationId: back.planId }));
    expect(await getOperation(admitted(scope), operationId)).toMatchObject({ undoneById: null });
    const rest = await planned(await planUndo(admitted(scope), { operationId }));
    expect(rest).toMatchObject({ changed: size - rowsAtOnce, refused: 0 });
    await applyPlan(admitted(scope), { planId: rest.planId });
    expect(await snapshot(scope)).toBe(before);
  });

  it("leaves redeemed codes alone when it is only for unredeemed ones", async () => {
    await redeemed(scope, ids[5] ?? "", 1);
    const changes = editChangesField.parse({ usageLimit: { do: "raise", by: 1 }, onlyUnredeemed: true });
    const plan = await planned(await planEdit(admitted(scope), { selection, changes }));
    expect(plan).toMatchObject({ changed: size - 1, refused: 1 });
    expect(plan.summary.refusals).toMatchObject([{ refusal: "redeemed", count: 1 }]);
  });
});
