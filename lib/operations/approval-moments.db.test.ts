import { beforeEach, describe, expect, it } from "vitest";
import { pool } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { approvePlan, refusePlan, withdrawPlan } from "@/lib/operations/approval";
import { getOperation } from "@/lib/operations/queries";
import {
  above,
  ada,
  as,
  ask,
  asked,
  audited,
  boris,
  codes,
  limits,
  plan,
  refusedAs,
  somebody,
  watch,
} from "@/lib/testing/watched";

beforeEach(watch);

describe("at the moment of applying", () => {
  it("codes that changed since are named, and the plan goes on waiting", async () => {
    const operationId = await asked();
    await pool.query("UPDATE referral SET usage_limit = 7 WHERE id = $1", [codes[0]]);
    await expect(approvePlan(as(boris), { operationId })).rejects.toMatchObject({
      code: "stale",
      more: { details: { total: 1 } },
    });
    expect(await limits()).toEqual([7, 10]);
    expect((await getOperation(as(ada), operationId))?.approval).toMatchObject({ state: "waiting", decider: null });
    expect((await audited()).map(({ event }) => event)).toEqual(["approval_asked"]);
  });

  it("the setting decides: lowered, a plan of before needs approval; raised or off, a waiting one needs none", async () => {
    await above(3);
    const made = await plan();
    expect(made.approvalAbove).toBeNull();
    await above(1);
    await expect(applyPlan(as(ada), made)).rejects.toMatchObject(refusedAs("forbidden", { above: 1 }));
    await ask(made);
    await expect(applyPlan(as(ada), made)).rejects.toMatchObject(refusedAs("forbidden", { above: 1 }));
    await above(null);
    expect(await applyPlan(as(ada), made)).toMatchObject({ changed: 3, repeated: false });
    expect((await getOperation(as(ada), made.planId))?.approval).toMatchObject({ state: "unneeded", decider: "Ada" });
    expect((await audited()).map(({ event }) => event)).toEqual(["approval_asked", "approval_unneeded"]);
  });

  it("what was approved stays so, whatever the setting is by then", async () => {
    const operationId = await asked();
    await above(null);
    await approvePlan(as(boris), { operationId });
    await above(0);
    expect(await getOperation(as(ada), operationId)).toMatchObject({ running: false, approval: { state: "approved" } });
    expect(await limits()).toEqual([5]);
  });

  it.each([
    ["two who approve", () => [approvePlan, approvePlan] as const, "approved"],
    ["approving and refusing", () => [approvePlan, refusePlan] as const, null],
  ])("of %s exactly one wins", async (_, deciders, state) => {
    const operationId = await asked();
    const [first, second] = deciders();
    const request = { operationId, reason: "No" };
    const cleo = somebody("cleo", "Cleo", "admin");
    const results = await Promise.allSettled([first(as(boris), request), second(as(cleo), request)]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const lost = results.find((result) => result.status === "rejected");
    expect(lost?.reason).toMatchObject({ code: "conflict" });
    const { approval } = (await getOperation(as(ada), operationId)) ?? {};
    expect(await limits()).toEqual([approval?.state === "approved" ? 5 : 10]);
    if (state) expect(approval?.state).toBe(state);
    expect(await audited()).toHaveLength(2);
  });

  it("of withdrawing and approving exactly one wins", async () => {
    for (let round = 0; round < 4; round++) {
      const operationId = await asked(20 + round);
      const results = await Promise.allSettled([
        withdrawPlan(as(ada), { operationId }),
        approvePlan(as(boris), { operationId }),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      const approved = results[1]?.status === "fulfilled";
      expect((await getOperation(as(ada), operationId))?.approval?.state).toBe(approved ? "approved" : "withdrawn");
      expect((await limits()).includes(20 + round)).toBe(approved);
    }
  });
});
