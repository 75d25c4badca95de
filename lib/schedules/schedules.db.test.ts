import { beforeEach, describe, expect, it } from "vitest";
import { worker } from "@/lib/access/actor";
import { admit } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { undoAtOnce } from "@/lib/operations/at-once";
import { planEdit } from "@/lib/operations/edit";
import { getPlan } from "@/lib/operations/plan";
import { getOperation } from "@/lib/operations/queries";
import { planUndo } from "@/lib/operations/undo";
import { cancelSchedule, endSchedule, scheduleEdit } from "@/lib/schedules/commands";
import { listSchedules, scheduleOf } from "@/lib/schedules/queries";
import { chooseReferrals, removeOldSelection } from "@/lib/selections/commands";
import { admitted, makeLargeBatch, redeemed, snapshot } from "@/lib/testing/builders";
import {
  ahead,
  choose,
  comes,
  ids,
  limit,
  limits,
  prepare,
  read,
  scheduled,
  scope,
  selection,
} from "@/lib/testing/scheduling";
import { workOnce } from "@/lib/testing/work";

beforeEach(prepare);

describe("a scheduled edit", () => {
  it("takes the place of its plan, is listed, and does nothing before its time", async () => {
    const { planId } = await planEdit(admitted(scope), { selection, changes: limit(10) });
    const starts = ahead(60);
    expect(await scheduleEdit(admitted(scope), { planId, starts, ends: null })).toMatchObject({ codes: 2 });
    expect(await getPlan(admitted(scope), planId, null)).toBeNull();
    while (await workOnce("worker")) {
      /* the plan that went */
    }
    expect(await limits()).toEqual([1, 2, 10]);
    expect(await listSchedules(admitted(scope), new Date())).toMatchObject([
      { by: "Tester", state: "waiting", codes: 2, starts, ends: null, selection, operationId: null },
    ]);
  });

  it("is made when its time comes, by who scheduled it, and stays", async () => {
    const id = await scheduled();
    await comes(id);
    expect(await limits()).toEqual([10, 10, 10]);
    const { made, state } = await read(id);
    expect(state).toBe("over");
    expect(await getOperation(admitted(scope), made ?? "")).toMatchObject({
      ...{ kind: "edit", actor: "Tester", changed: 2, refused: 0, running: false },
    });
    expect(await scheduleOf(admitted(scope), made ?? "")).toMatchObject({ id });
    expect(await listSchedules(admitted(scope), new Date())).toEqual([]);
  });

  it("is planned by the codes of its moment: what is refused then is left and recorded, what joined a batch is changed", async () => {
    const id = await scheduled(limit(5));
    await redeemed(scope, ids[2] ?? "", 7);
    await comes(id);
    expect(await limits()).toEqual([5, 5, 10]);
    const operation = await getOperation(admitted(scope), (await read(id)).made ?? "");
    expect(operation).toMatchObject({ changed: 2, refused: 1 });
    expect(operation?.summary?.refusals).toMatchObject([{ refusal: "limit_below_redemptions", count: 1 }]);
  });

  it("is taken back once, also where somebody undoes it while its taking back waits for the worker", async () => {
    const before = await snapshot(scope);
    const id = await scheduled(limit(10), { starts: ahead(1), ends: ahead(2) });
    await comes(id);
    await pool.query("UPDATE schedule SET due = now() - interval '1 second' WHERE id = $1", [id]);
    let steps = 1;
    await workOnce("brief", () => steps-- === 0);
    const { made, undo, state } = await read(id);
    expect(state).toBe("over");
    await undoAtOnce(admitted(scope), { operationId: made ?? "" });
    await comes(id);
    expect(await snapshot(scope)).toBe(before);
    expect(await db.operation.count({ where: { ...scope, id: BigInt(undo ?? "") } })).toBe(0);
  });

  it("takes itself back at its end, byte for byte, but for what was changed since", async () => {
    const before = await snapshot(scope);
    const id = await scheduled(limit(10), { starts: ahead(1), ends: ahead(2) });
    await comes(id);
    expect(await read(id)).toMatchObject({ state: "lasting", undo: null });
    expect(await limits()).toEqual([10, 10, 10]);
    await comes(id);
    expect(await snapshot(scope)).toBe(before);
    const { undo, made, state } = await read(id);
    expect(state).toBe("over");
    expect(await getOperation(admitted(scope), undo ?? "")).toMatchObject({ kind: "undo", undoesId: made, changed: 2 });

    const again = await scheduled(limit(10), { starts: ahead(1), ends: ahead(2) });
    await comes(again);
    await pool.query("UPDATE referral SET usage_limit = 3 WHERE id = $1", [ids[0]]);
    await comes(again);
    expect(await limits()).toEqual([3, 2, 10]);
    expect(await getOperation(admitted(scope), (await read(again)).undo ?? "")).toMatchObject({
      changed: 1,
      refused: 1,
    });
  });

  it("has nothing to take back where somebody undid it before, or where it changed nothing", async () => {
    const id = await scheduled(limit(10), { starts: ahead(1), ends: ahead(2) });
    await comes(id);
    const { planId } = await planUndo(admitted(scope), { operationId: (await read(id)).made ?? "" });
    await applyPlan(admitted(scope), { planId });
    await comes(id);
    expect(await read(id)).toMatchObject({ state: "over", undo: null });
    expect((await read(id)).refusal).toContain("schedule_taken_back");

    const same = await scheduled(limit(10), { starts: ahead(1), ends: ahead(2) });
    await pool.query("UPDATE referral SET usage_limit = 10 WHERE application_id = $1", [scope.applicationId]);
    await comes(same);
    await comes(same);
    expect(await read(same)).toMatchObject({ state: "over", undo: null, refusal: null });
  });

  it("of many codes is made in parts, and taken back when it is through", async () => {
    const size = 21_000;
    choose({ by: "batch", batchId: await makeLargeBatch(scope, size) });
    const before = await snapshot(scope);
    const plan = await planEdit(admitted(scope), { selection, changes: limit(20) });
    while (await workOnce("worker")) {
      /* the plan */
    }
    const moments = { starts: ahead(1), ends: ahead(2) };
    const { scheduleId } = await scheduleEdit(admitted(scope), { planId: plan.planId, ...moments });
    await comes(scheduleId);
    expect(await getOperation(admitted(scope), (await read(scheduleId)).made ?? "")).toMatchObject({ changed: size });
    await comes(scheduleId);
    expect(await snapshot(scope)).toBe(before);
  }, 60_000);

  it("is cancelled before its time, once and for all, and not after it", async () => {
    const id = await scheduled();
    await cancelSchedule(admitted(scope), { scheduleId: id });
    await cancelSchedule(admitted(scope), { scheduleId: id });
    await comes(id);
    expect(await limits()).toEqual([1, 2, 10]);
    expect(await listSchedules(admitted(scope), new Date())).toEqual([]);
    const made = await scheduled();
    await comes(made);
    const late = cancelSchedule(admitted(scope), { scheduleId: made });
    await expect(late).rejects.toMatchObject({ reason: { reason: "schedule_begun" } });
  });

  it("that lasts is taken back early, or kept", async () => {
    const before = await snapshot(scope);
    const moments = { starts: ahead(1), ends: ahead(100) };
    const id = await scheduled(limit(10), moments);
    await comes(id);
    await endSchedule(admitted(scope), { scheduleId: id, how: "takeBack" });
    while (await workOnce("worker")) {
      /* the undo */
    }
    expect(await snapshot(scope)).toBe(before);
    const kept = await scheduled(limit(10), moments);
    await comes(kept);
    await endSchedule(admitted(scope), { scheduleId: kept, how: "keep" });
    await comes(kept);
    expect(await limits()).toEqual([10, 10, 10]);
    expect(await read(kept)).toMatchObject({ state: "over", ends: null, undo: null });
  });

  it("says why it did not take place, where its codes or its attribute are gone by then", async () => {
    const gone = await scheduled();
    await pool.query("DELETE FROM referral WHERE application_id = $1", [scope.applicationId]);
    await comes(gone);
    expect(await listSchedules(admitted(scope), new Date())).toMatchObject([
      { id: gone, state: "refused", operationId: null, refusal: expect.stringContaining("None of these codes exists") },
    ]);
  });

  it("keeps the selection that it waits with", async () => {
    const chosen = { by: "ids", ids } as const;
    const { selectionId } = await chooseReferrals(admitted(scope), { chosen });
    choose({ by: "selection", selectionId: selectionId ?? "" });
    const id = await scheduled();
    await pool.query("UPDATE selection SET created = now() - interval '2 days' WHERE application_id = $1", [
      scope.applicationId,
    ]);
    const sweepAll = async () => {
      while (await removeOldSelection(admit(worker, {}, "upkeep"))) {
        /* one at a time */
      }
    };
    await sweepAll();
    await comes(id);
    expect(await limits()).toEqual([10, 10, 10]);
    await sweepAll();
    const { rows } = await pool.query("SELECT removed FROM selection WHERE id = $1", [selectionId]);
    expect(rows[0].removed).not.toBeNull();
  });

  it("is made once where two workers look, and whatever stops between", async () => {
    const id = await scheduled();
    await pool.query("UPDATE schedule SET due = now() - interval '1 second' WHERE id = $1", [id]);
    await Promise.all(["one", "two", "three"].map((owner) => workOnce(owner)));
    await comes(id);
    const { rows } = await pool.query(
      "SELECT count(*)::int AS made FROM operation WHERE application_id = $1 AND kind = 'edit'",
      [scope.applicationId],
    );
    expect(rows[0].made).toBe(1);
  });
});
