import { beforeEach, describe, expect, it } from "vitest";
import { person } from "@/lib/access/actor";
import { db, pool } from "@/lib/db";
import { approvePlan } from "@/lib/operations/approval";
import { planEdit } from "@/lib/operations/edit";
import { getPlan } from "@/lib/operations/plan";
import { getOperation } from "@/lib/operations/queries";
import { keptSentence } from "@/lib/reasons";
import { cancelSchedule, endSchedule, scheduleEdit } from "@/lib/schedules/commands";
import { listSchedules } from "@/lib/schedules/queries";
import { schedulesMax } from "@/lib/schedules/rules";
import { admitted, makeCampaign, testActor } from "@/lib/testing/builders";
import {
  ahead,
  comes,
  limit,
  limits,
  member,
  prepare,
  read,
  scheduled,
  scope,
  selection,
} from "@/lib/testing/scheduling";

beforeEach(prepare);

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

  it("is not made while the account of whoever scheduled it is disabled", async () => {
    const disable = (disabled: Date | null) => db.person.update({ where: { id: testActor.id }, data: { disabled } });
    const scheduleId = await scheduled();
    await disable(new Date());
    await comes(scheduleId);
    expect(await limits()).toEqual([1, 2, 10]);
    expect((await read(scheduleId)).state).toBe("refused");
    await disable(null);
    await comes(await scheduled());
    expect(await limits()).toEqual([10, 10, 10]);
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
