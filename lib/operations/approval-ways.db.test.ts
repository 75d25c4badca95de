import type { Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/access/actor";
import { everyPermission } from "@/lib/access/permissions";
import { db, pool } from "@/lib/db";
import { grantable } from "@/lib/keys/rules";
import { applyPlan } from "@/lib/operations/apply";
import { approvePlan, refusePlan, withdrawPlan } from "@/lib/operations/approval";
import { deleteAtOnce, editAtOnce, saveAtOnce, undoAtOnce } from "@/lib/operations/at-once";
import { planAnew, planRetry } from "@/lib/operations/control";
import { planDelete } from "@/lib/operations/delete";
import { getPlan } from "@/lib/operations/plan";
import { getOperation } from "@/lib/operations/queries";
import { planUndo } from "@/lib/operations/undo";
import { caller, keyFor, startApi } from "@/lib/testing/api";
import { snapshot } from "@/lib/testing/builders";
import {
  above,
  ada,
  as,
  ask,
  asked,
  boris,
  codes,
  enlarge,
  ids,
  limit,
  limits,
  needed,
  plan,
  refusedAs,
  selection,
  watch,
  work,
} from "@/lib/testing/watched";

beforeEach(watch);

describe("every way to change codes", () => {
  it("that needs no plan is refused, and says which setting", async () => {
    const before = await snapshot(ids);
    const key: Actor = { kind: "key", id: "1", name: "Back office", permissions: everyPermission };
    for (const actor of [ada, key]) {
      const editing = editAtOnce(as(actor), { selection, changes: limit(5) });
      await expect(editing).rejects.toThrow("more than 2 (the setting “Approval”)");
      await expect(deleteAtOnce(as(actor), { selection })).rejects.toMatchObject(needed);
    }
    expect(await snapshot(ids)).toBe(before);
    const [referralId = ""] = codes;
    const one = { referralId, changes: limit(5), shown: { usageLimit: "10" } };
    await saveAtOnce(as(ada), one);
    await above(0);
    await expect(saveAtOnce(as(ada), { ...one, changes: limit(6), shown: { usageLimit: "5" } })).rejects.toMatchObject(
      refusedAs("forbidden", { reason: "approval_needed", above: 0, count: 1 }),
    );
  });

  it("undoing is shown first, and its plan waits as any", async () => {
    const operationId = await asked();
    await approvePlan(as(boris), { operationId });
    const operations = await db.operation.count({ where: ids });
    expect(await undoAtOnce(as(ada), { operationId })).toEqual({ applied: null, because: "approval" });
    expect(await db.operation.count({ where: ids })).toBe(operations);
    const undoing = await planUndo(as(ada), { operationId });
    expect(undoing.approvalAbove).toBe(2);
    await expect(applyPlan(as(ada), undoing)).rejects.toMatchObject(needed);
    await ask(undoing);
    // meanwhile it is undone otherwise: then there is nothing to approve any more
    await above(null);
    expect(await undoAtOnce(as(ada), { operationId })).toMatchObject({ because: null });
    await expect(approvePlan(as(boris), { operationId: undoing.planId })).rejects.toMatchObject(
      refusedAs("conflict", { reason: "operation_undone" }),
    );
    expect(await limits()).toEqual([10]);
  });

  it("deleting waits, and comes back by an approved undoing", async () => {
    const before = await snapshot(ids);
    const deleting = await planDelete(as(ada), { selection, keepRedeemed: false });
    await expect(applyPlan(as(ada), deleting)).rejects.toMatchObject(needed);
    const { operationId } = await ask(deleting);
    await approvePlan(as(boris), { operationId });
    expect(await snapshot(ids)).toBe("");
    await approvePlan(as(ada), await ask(await planUndo(as(boris), { operationId }), "", boris));
    expect(await snapshot(ids)).toBe(before);
  });
});

describe("planning again what ended", () => {
  it("is of the same codes and instructions, as they are now, and waits again", async () => {
    const operationId = await asked();
    await expect(planAnew(as(ada), { operationId })).rejects.toMatchObject({ code: "not_found" });
    await withdrawPlan(as(ada), { operationId });
    await pool.query("UPDATE referral SET usage_limit = 7 WHERE id = $1", [codes[0]]);
    const again = await planAnew(as(ada), { operationId });
    expect(again).toMatchObject({ changed: 3, approvalAbove: 2 });
    await approvePlan(as(boris), await ask(again));
    expect(await limits()).toEqual([5]);
  });

  it("is of a deletion and of an undoing, too", async () => {
    const before = await snapshot(ids);
    const deleting = await ask(await planDelete(as(ada), { selection, keepRedeemed: false }));
    await refusePlan(as(boris), { ...deleting, reason: "Not yet" });
    const deleted = await approvePlan(as(boris), await ask(await planAnew(as(ada), deleting)));
    const undoing = await ask(await planUndo(as(ada), deleted));
    await withdrawPlan(as(ada), undoing);
    await approvePlan(as(boris), await ask(await planAnew(as(ada), undoing)));
    expect(await snapshot(ids)).toBe(before);
  });
});

describe("in the background", () => {
  beforeEach(async () => {
    await enlarge();
  });

  it("a plan waits without a worker, runs once it is approved, leaves what changed, and a try again waits too", async () => {
    const { planId } = await plan();
    await expect(ask({ planId })).rejects.toMatchObject(refusedAs("conflict", { reason: "plan_unfinished" }));
    await work();
    expect(await getPlan(as(ada), planId, null)).toMatchObject({ changed: 20_001, approvalAbove: 2 });
    await expect(applyPlan(as(ada), { planId })).rejects.toMatchObject({ code: "forbidden" });
    await ask({ planId });
    await work();
    expect(await limits()).toEqual([10]);
    await pool.query(
      "UPDATE referral SET usage_limit = 7 WHERE id IN (SELECT max(id) - n FROM referral, generate_series(0, 2) n WHERE application_id = $1 GROUP BY n)",
      [ids.applicationId],
    );
    expect(await approvePlan(as(boris), { operationId: planId })).toMatchObject({ running: true });
    expect(await approvePlan(as(boris), { operationId: planId })).toMatchObject({ running: true, repeated: true });
    await work();
    expect(await getOperation(as(boris), planId)).toMatchObject({ changed: 19_998, refused: 3, actor: "Ada" });
    const again = await planRetry(as(ada), { operationId: planId });
    expect(again).toMatchObject({ changed: 3, approvalAbove: 2 });
    await expect(applyPlan(as(ada), again)).rejects.toMatchObject(needed);
    await approvePlan(as(boris), await ask(again));
    expect(await limits()).toEqual([5, 10]);
  });

  it("a refused one never runs", async () => {
    const { planId } = await plan();
    await work();
    await ask({ planId });
    await refusePlan(as(boris), { operationId: planId, reason: "No" });
    await work();
    expect(await limits()).toEqual([10]);
  });
});

describe("a management key", () => {
  let server: Server;
  let ask: ReturnType<typeof caller>;
  beforeEach(async () => {
    const started = await startApi();
    server = started.server;
    ask = caller(started.address, `ManagementKey-v1 ${await keyFor(ids.applicationId, "management")}`);
  });
  afterEach(() => server.close());

  it("is refused what needs approval, and told which setting; less it may", async () => {
    const before = await snapshot(ids);
    const path = `/v1/applications/${ids.applicationId}/campaigns/${ids.campaignId}/referrals`;
    const batchId = selection.by === "batch" ? selection.batchId : "";
    for (const refused of [
      await ask("PUT", path, { batchID: batchId, usageLimit: 5 }),
      await ask("DELETE", `${path}?batchId=${batchId}`),
    ]) {
      expect(refused.status).toBe(403);
      expect(refused.body).toMatchObject({ message: expect.stringContaining("the setting “Approval”") });
    }
    expect(await snapshot(ids)).toBe(before);
    expect((await ask("PUT", `${path}/${codes[0]}`, { usageLimit: 5 })).status).toBe(200);
    await above(0);
    expect((await ask("PUT", `${path}/${codes[0]}`, { usageLimit: 6 })).status).toBe(403);
    expect((await ask("DELETE", `${path}/${codes[0]}`)).status).toBe(403);
    expect(await limits()).toEqual([5, 10]);
  });

  it("can be given everything but to approve", () => {
    expect(grantable("management")).toContain("operations.run");
    expect(grantable("management")).not.toContain("operations.approve");
  });
});
