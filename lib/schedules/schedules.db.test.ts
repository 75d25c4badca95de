import { beforeEach, describe, expect, it } from "vitest";
import { person, worker } from "@/lib/access/actor";
import type { CampaignIds } from "@/lib/access/scope";
import { admit } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { approvePlan } from "@/lib/operations/approval";
import { planEdit } from "@/lib/operations/edit";
import { getPlan } from "@/lib/operations/plan";
import { getOperation } from "@/lib/operations/queries";
import { editChangesField, type Selection } from "@/lib/operations/schema";
import { planUndo } from "@/lib/operations/undo";
import { keptSentence } from "@/lib/reasons";
import { cancelSchedule, endSchedule, scheduleEdit } from "@/lib/schedules/commands";
import { listSchedules, scheduleOf } from "@/lib/schedules/queries";
import { schedulesMax } from "@/lib/schedules/rules";
import { chooseReferrals, removeOldSelection } from "@/lib/selections/commands";
import {
  admitted,
  makeBatch,
  makeCampaign,
  makeLargeBatch,
  redeemed,
  snapshot,
  testActor,
} from "@/lib/testing/builders";
import { workOnce } from "@/lib/testing/work";

const minute = 60_000;
const ahead = (minutes: number) => new Date(Date.now() + minutes * minute);
const limit = (value: number) => editChangesField.parse({ usageLimit: { do: "set", value } });

let scope: CampaignIds;
let ids: string[];
let selection: Selection;
beforeEach(async () => {
  await pool.query("UPDATE schedule SET state = 'cancelled', due = NULL WHERE due IS NOT NULL"); // those of other tests
  scope = await makeCampaign();
  await member("editor");
  const batch = await makeBatch(scope, [{ usageLimit: 1 }, { usageLimit: 2 }, { usageLimit: 10 }]);
  ids = batch.ids;
  selection = { by: "batch", batchId: batch.batchId };
});

/** Makes whoever schedules here somebody with a role in the application, or with none. */
async function member(role: "editor" | "viewer" | null): Promise<void> {
  const { applicationId } = scope;
  const { id, name } = testActor;
  await db.person.upsert({ where: { id }, create: { id, name, email: "tester@example.com" }, update: {} });
  await db.member.deleteMany({ where: { applicationId } });
  const by = { actorKind: "system", actorId: "operator", actorName: "operator" };
  if (role) await db.member.create({ data: { applicationId, personId: id, role, ...by } });
}

async function scheduled(changes = limit(10), moments: { starts?: Date; ends?: Date | null } = {}): Promise<string> {
  const { planId } = await planEdit(admitted(scope), { selection, changes });
  const { starts = ahead(10), ends = null } = moments;
  return (await scheduleEdit(admitted(scope), { planId, starts, ends })).scheduleId;
}

/** Lets the moment come that a schedule waits for, and does all that is to be done then. */
async function comes(scheduleId: string): Promise<void> {
  await pool.query("UPDATE schedule SET due = now() - interval '1 second' WHERE id = $1 AND due IS NOT NULL", [
    scheduleId,
  ]);
  while (await workOnce("worker")) {
    /* until nothing is left */
  }
}

const limits = async () => {
  const { rows } = await pool.query("SELECT usage_limit FROM referral WHERE application_id = $1 ORDER BY id", [
    scope.applicationId,
  ]);
  return rows.map(({ usage_limit }) => usage_limit);
};
const read = async (scheduleId: string) => {
  const row = await db.schedule.findFirstOrThrow({ where: { ...scope, id: BigInt(scheduleId) } });
  const text = (id: bigint | null) => (id === null ? null : String(id));
  return { ...row, made: text(row.operationId), undo: text(row.undoId) };
};

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
    selection = { by: "batch", batchId: await makeLargeBatch(scope, size) };
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
    selection = { by: "selection", selectionId: selectionId ?? "" };
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

describe("what cannot be scheduled", () => {
  const refused = async (moments: { starts: Date; ends: Date | null }) => {
    const { planId } = await planEdit(admitted(scope), { selection, changes: limit(10) });
    const error = await scheduleEdit(admitted(scope), { planId, ...moments }).catch((caught: unknown) => caught);
    expect(await getPlan(admitted(scope), planId, null), "the plan stays").not.toBeNull();
    return error as { more: { fields?: Record<string, string> }; reason: { reason: string } };
  };

  it("is a moment that has passed, is years away, or an end before the start, each at its field", async () => {
    expect((await refused({ starts: ahead(-1), ends: null })).more.fields).toEqual({
      starts: expect.stringContaining("has passed"),
    });
    expect((await refused({ starts: ahead(6 * 366 * 24 * 60), ends: null })).more.fields).toEqual({
      starts: expect.stringContaining("5 years ahead"),
    });
    expect((await refused({ starts: ahead(10), ends: ahead(10) })).more.fields).toEqual({
      ends: expect.stringContaining("taken back before it is made"),
    });
  });

  it("is a plan of nothing, of something else, of another campaign, or one that went", async () => {
    const moments = { starts: ahead(10), ends: null };
    const nothing = await planEdit(admitted(scope), { selection, changes: limit(10) });
    await pool.query("UPDATE operation SET changed = 0, same = 3 WHERE id = $1", [nothing.planId]);
    const of = (planId: string, where = scope) => scheduleEdit(admitted(where), { planId, ...moments });
    await expect(of(nothing.planId)).rejects.toMatchObject({ reason: { reason: "plan_empty" } });
    const { planId } = await planEdit(admitted(scope), { selection, changes: limit(10) });
    await expect(of(planId, await makeCampaign())).rejects.toMatchObject({ reason: { reason: "plan_gone" } });
    await of(planId);
    await expect(of(planId)).rejects.toMatchObject({ reason: { reason: "plan_gone" } });
  });

  it("is more than a campaign may have ahead", async () => {
    await pool.query(
      `INSERT INTO schedule (application_id, campaign_id, actor_kind, actor_id, actor_name, selection, input, codes, starts, due)
       SELECT $1, $2, 'person', 'x', 'x', '{}', '{}', 1, now() + interval '1 day', now() + interval '1 day' FROM generate_series(1, $3)`,
      [scope.applicationId, scope.campaignId, schedulesMax],
    );
    const error = await refused({ starts: ahead(10), ends: null });
    expect(error.reason).toEqual({ reason: "schedules_full", most: schedulesMax });
  });

  it.each(["viewer", null] as const)("is not made when whoever scheduled it is %s by then", async (role) => {
    const scheduleId = await scheduled();
    await member(role);
    await comes(scheduleId);
    expect(await limits()).toEqual([1, 2, 10]);
    const { state, refusal } = await read(scheduleId);
    expect([state, keptSentence(refusal)]).toEqual(["refused", expect.stringContaining("“Tester” may not edit codes")]);
  });

  it("is cancelled nowhere else", async () => {
    const scheduleId = await scheduled();
    const elsewhere = admitted(await makeCampaign());
    await expect(cancelSchedule(elsewhere, { scheduleId })).rejects.toMatchObject({ code: "not_found" });
    await expect(endSchedule(elsewhere, { scheduleId, how: "keep" })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a scheduled edit that needs approval", () => {
  const above = (number: number | null) =>
    db.application.update({ where: { id: scope.applicationId }, data: { approvalAbove: number } });
  const boris = person({ id: "boris", name: "Boris", administrator: true, roles: new Map() });

  it("is not scheduled, and keeps its plan", async () => {
    await above(1);
    const { planId } = await planEdit(admitted(scope), { selection, changes: limit(10) });
    await expect(scheduleEdit(admitted(scope), { planId, starts: ahead(10), ends: null })).rejects.toMatchObject({
      code: "forbidden",
      reason: { reason: "schedule_unapproved", above: 1 },
    });
    expect(await getPlan(admitted(scope), planId, null)).toMatchObject({ changed: 2, approvalAbove: 1 });
  });

  it("waits at its time where it came to need it since, and so does taking it back", async () => {
    const id = await scheduled(limit(10), { starts: ahead(1), ends: ahead(2) });
    await above(1);
    await comes(id);
    expect(await limits()).toEqual([1, 2, 10]);
    const { made } = await read(id);
    expect((await getOperation(admitted(scope), made ?? ""))?.approval).toMatchObject({
      ...{ state: "waiting", asker: "Tester", askerRole: "editor" },
    });
    await approvePlan(admitted(scope, boris), { operationId: made ?? "" });
    expect(await limits()).toEqual([10, 10, 10]);
    await comes(id);
    expect(await limits()).toEqual([10, 10, 10]);
    await approvePlan(admitted(scope, boris), { operationId: (await read(id)).undo ?? "" });
    expect(await limits()).toEqual([1, 2, 10]);
  });

  it("ends where nobody approved it until it was to be taken back, and says so", async () => {
    const id = await scheduled(limit(10), { starts: ahead(1), ends: ahead(2) });
    await above(1);
    await comes(id);
    await comes(id);
    const { made, state } = await read(id);
    expect(state).toBe("refused");
    expect(await listSchedules(admitted(scope), new Date())).toMatchObject([
      { id, refusal: "Nobody approved the change before its end, so it was not made." },
    ]);
    expect((await getOperation(admitted(scope), made ?? ""))?.approval).toMatchObject({ state: "undecided" });
    expect(await limits()).toEqual([1, 2, 10]);
  });
});
