import type { Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Actor, person } from "@/lib/access/actor";
import { everyPermission, type Role } from "@/lib/access/permissions";
import type { CampaignIds } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";
import { grantable } from "@/lib/keys/rules";
import { applyPlan } from "@/lib/operations/apply";
import { approvePlan, askApproval, refusePlan, withdrawPlan } from "@/lib/operations/approval";
import { listApprovals, listToDecide } from "@/lib/operations/approvals";
import { deleteAtOnce, editAtOnce, saveAtOnce, undoAtOnce } from "@/lib/operations/at-once";
import { planAnew, planRetry } from "@/lib/operations/control";
import { planDelete } from "@/lib/operations/delete";
import { planEdit } from "@/lib/operations/edit";
import { readLog } from "@/lib/operations/log";
import { getPlan } from "@/lib/operations/plan";
import { getOperation } from "@/lib/operations/queries";
import { editChangesField, type Selection } from "@/lib/operations/schema";
import { allOperations } from "@/lib/operations/search-params";
import { planUndo } from "@/lib/operations/undo";
import { caller, keyFor, startApi } from "@/lib/testing/api";
import { admitted, makeBatch, makeCampaign, makeLargeBatch, snapshot } from "@/lib/testing/builders";
import { sweep, workOnce } from "@/lib/testing/work";

let ids: CampaignIds;
let selection: Selection;
let codes: string[];
let ada: Actor;
let boris: Actor;
const limit = (value: number) => editChangesField.parse({ usageLimit: { do: "set", value } });
const somebody = (id: string, name: string, role: Role): Actor =>
  person({ id, name, administrator: false, roles: new Map([[ids.applicationId, role]]) });
const above = (number: number | null) =>
  pool.query("UPDATE application SET approval_above = $2 WHERE id = $1", [ids.applicationId, number]);

beforeEach(async () => {
  ids = await makeCampaign();
  const batch = await makeBatch(ids, [{}, {}, {}]);
  selection = { by: "batch", batchId: batch.batchId };
  codes = batch.ids;
  ada = somebody("ada", "Ada", "editor");
  boris = somebody("boris", "Boris", "editor");
  await above(2);
});

const as = (actor: Actor) => admitted(ids, actor);
const plan = (value = 5, actor = ada) => planEdit(as(actor), { selection, changes: limit(value) });
const ask = async (made: { planId: string }, note = "", actor = ada) => askApproval(as(actor), { ...made, note });
const asked = async (value = 5) => (await ask(await plan(value))).operationId;
const work = async () => {
  while (await workOnce("worker")) {
    /* until nothing is left */
  }
};
const limits = async () =>
  (
    await pool.query("SELECT DISTINCT usage_limit AS l FROM referral WHERE application_id = $1 ORDER BY 1", [
      ids.applicationId,
    ])
  ).rows.map(({ l }) => l);
const audited = async () =>
  (await db.auditEntry.findMany({ where: { applicationId: ids.applicationId }, orderBy: { id: "asc" } })).map(
    ({ event, actorName, actorRole, after }) => ({ event, by: actorName, role: actorRole, after }),
  );
const refusedAs = (code: string, reason: object) => ({ code, reason: expect.objectContaining(reason) });
const needed = refusedAs("forbidden", { reason: "approval_needed", above: 2, count: 3 });

describe("a change of more codes than the number", () => {
  it("is not applied by who planned it, says so in its plan, and changes nothing", async () => {
    const before = await snapshot(ids);
    const made = await plan();
    expect(made).toMatchObject({ changed: 3, approvalAbove: 2 });
    expect(await getPlan(as(ada), made.planId, null)).toMatchObject({ approvalAbove: 2 });
    await expect(applyPlan(as(ada), made)).rejects.toMatchObject({
      ...needed,
      more: { details: { approvalAbove: 2 } },
    });
    expect(await snapshot(ids)).toBe(before);
  });

  it("is applied as it was shown when somebody else approves, and both stand in the record", async () => {
    const made = await plan();
    await ask(made, "For the winter sale");
    expect(await limits()).toEqual([10]);
    expect(await getPlan(as(ada), made.planId, null)).toBeNull();
    expect(await readLog(as(ada), allOperations, { timeZone: "UTC", caseRule: "sensitive" }, 9)).toMatchObject({
      entries: [{ operation: { kind: "create" } }],
    });
    const waiting = await getOperation(as(boris), made.planId);
    expect(waiting).toMatchObject({ changed: 3, summary: { steps: [{ before: 10, after: 5, count: 3 }] } });
    expect(waiting?.approval).toMatchObject({
      state: "waiting",
      asker: "Ada",
      note: "For the winter sale",
      own: false,
    });

    expect(await approvePlan(as(boris), { operationId: made.planId })).toMatchObject({ changed: 3, running: false });
    expect(await limits()).toEqual([5]);
    expect(await getOperation(as(ada), made.planId)).toMatchObject({
      ...{ actor: "Ada", changed: 3 },
      approval: { state: "approved", askerRole: "editor", decider: "Boris", deciderRole: "editor", own: true },
    });
    const after = { operationId: made.planId };
    expect(await audited()).toEqual([
      { event: "approval_asked", by: "Ada", role: "editor", after: { ...after, note: "For the winter sale" } },
      { event: "change_approved", by: "Boris", role: "editor", after },
    ]);
    expect(await approvePlan(as(boris), { operationId: made.planId })).toMatchObject({ repeated: true });
  });

  it("is refused with a reason, which ends it: nobody applies or approves it then", async () => {
    const before = await snapshot(ids);
    const operationId = await asked();
    await refusePlan(as(boris), { operationId, reason: "Too early" });
    const over = { state: "refused", name: "Boris" };
    await expect(approvePlan(as(boris), { operationId })).rejects.toMatchObject(refusedAs("conflict", over));
    await expect(withdrawPlan(as(ada), { operationId })).rejects.toMatchObject(refusedAs("conflict", over));
    await expect(applyPlan(as(ada), { planId: operationId })).rejects.toMatchObject({ code: "conflict" });
    await expect(ask({ planId: operationId })).rejects.toMatchObject(refusedAs("conflict", { reason: "plan_over" }));
    await above(null);
    await expect(applyPlan(as(ada), { planId: operationId })).rejects.toMatchObject({ code: "conflict" });
    expect(await snapshot(ids)).toBe(before);
    expect(await getOperation(as(ada), operationId)).toMatchObject({
      approval: { state: "refused", decider: "Boris", reason: "Too early" },
    });
    expect((await audited()).at(-1)).toMatchObject({
      event: "approval_refused",
      by: "Boris",
      after: { reason: "Too early" },
    });
  });

  it("is withdrawn by who asked, and by nobody else", async () => {
    const operationId = await asked();
    await expect(withdrawPlan(as(boris), { operationId })).rejects.toMatchObject(
      refusedAs("forbidden", { reason: "approval_others", name: "Ada" }),
    );
    await withdrawPlan(as(ada), { operationId });
    await expect(approvePlan(as(boris), { operationId })).rejects.toMatchObject(
      refusedAs("conflict", { reason: "approval_decided", state: "withdrawn" }),
    );
    expect(await limits()).toEqual([10]);
  });
});

describe("who decides", () => {
  it("is never who asked, nor a program, nor who may not do what the plan does", async () => {
    const operationId = await asked();
    const sameAda = somebody("ada", "Ada elsewhere", "admin");
    const root = person({ id: "ada", name: "Ada", administrator: true, roles: new Map() });
    for (const actor of [ada, sameAda, root]) {
      const own = refusedAs("forbidden", { reason: "approval_own" });
      await expect(approvePlan(as(actor), { operationId })).rejects.toMatchObject(own);
      await expect(refusePlan(as(actor), { operationId, reason: "No" })).rejects.toMatchObject(own);
    }
    const key: Actor = { kind: "key", id: "boris", name: "Key", permissions: everyPermission };
    await expect(approvePlan(as(key), { operationId })).rejects.toMatchObject(
      refusedAs("forbidden", { reason: "approval_person" }),
    );
    await expect(approvePlan(as(somebody("vera", "Vera", "viewer")), { operationId })).rejects.toMatchObject(
      refusedAs("forbidden", { reason: "not_permitted", permission: "referrals.edit" }),
    );
    expect(await limits()).toEqual([10]);
    const other = person({ id: "root", name: "Root", administrator: true, roles: new Map() });
    await approvePlan(as(other), { operationId });
    expect(await getOperation(as(ada), operationId)).toMatchObject({
      approval: { decider: "Root", deciderRole: "administrator" },
    });
  });

  it("cannot be who asked in the database either", async () => {
    await asked();
    const by = "decided = now(), decided_kind = 'person', decided_name = 'x'";
    for (const [state, who] of [
      ["approved", "ada"],
      ["refused", "ada"],
    ])
      await expect(
        pool.query(`UPDATE approval SET state = $2, reason = 'r', ${by}, decided_id = $3 WHERE application_id = $1`, [
          ids.applicationId,
          state,
          who,
        ]),
      ).rejects.toMatchObject({ code: "23514" });
  });

  it("is not asked from another campaign, or about what nobody asked approval for", async () => {
    const operationId = await asked();
    const elsewhere = await makeCampaign();
    const there = admitted(elsewhere, person({ id: "b", name: "B", administrator: true, roles: new Map() }));
    for (const decide of [approvePlan, withdrawPlan])
      await expect(decide(there, { operationId })).rejects.toMatchObject({ code: "not_found" });
    const { planId } = await plan(6);
    await expect(approvePlan(as(boris), { operationId: planId })).rejects.toMatchObject(
      refusedAs("not_found", { reason: "approval_unknown" }),
    );
  });

  it("sees in every page what waits for them, and lists what waits and what was refused", async () => {
    const operationId = await asked();
    const { applicationId } = ids;
    const toDecide = (actor: Actor) => listToDecide(admitted({ applicationId }, actor));
    expect(await toDecide(boris)).toMatchObject([{ operationId, asker: "Ada", changed: 3, kind: "edit" }]);
    expect(await toDecide(ada)).toEqual([]);
    expect(await toDecide(somebody("vera", "Vera", "viewer"))).toEqual([]);
    expect(await listApprovals(as(ada), new Date())).toMatchObject([{ operationId, state: "waiting", own: true }]);
    await refusePlan(as(boris), { operationId, reason: "No" });
    expect(await toDecide(boris)).toEqual([]);
    expect(await listApprovals(as(ada), new Date())).toMatchObject([{ operationId, state: "refused", reason: "No" }]);
    expect(await listApprovals(as(ada), new Date(Date.now() + 31 * 86_400_000))).toEqual([]);
  });
});

describe("asking", () => {
  it("is of finished plans that need it, once, by people", async () => {
    const two = await planEdit(as(ada), { selection: { by: "ids", ids: codes.slice(0, 2) }, changes: limit(5) });
    expect(two.approvalAbove).toBeNull();
    await expect(ask(two)).rejects.toMatchObject({
      ...refusedAs("conflict", { reason: "approval_unneeded" }),
      more: { details: { approvalAbove: null } },
    });
    await expect(ask(await plan(10))).rejects.toMatchObject(refusedAs("conflict", { reason: "plan_empty" }));
    const made = await plan();
    const key: Actor = { kind: "key", id: "1", name: "Key", permissions: everyPermission };
    await expect(ask(made, "", key)).rejects.toMatchObject(refusedAs("forbidden", { reason: "approval_person" }));
    await ask(made);
    await ask(made);
    await expect(ask(made, "", boris)).rejects.toMatchObject(refusedAs("conflict", { reason: "plan_over" }));
    expect(await audited()).toHaveLength(1);
  });

  it("keeps the plan when the form plans anew, and for 14 days; then it ends as not decided", async () => {
    const operationId = await asked();
    await planEdit(as(ada), { selection, changes: limit(6), replaces: operationId });
    const age = (days: number) =>
      pool.query(
        `WITH aged AS (UPDATE operation SET planned = now() - make_interval(days => $2) WHERE application_id = $1)
         UPDATE approval SET asked = now() - make_interval(days => $2) WHERE application_id = $1`,
        [ids.applicationId, days],
      );
    await age(13);
    await sweep();
    await work();
    expect((await getOperation(as(boris), operationId))?.approval?.state).toBe("waiting");
    await age(15);
    await Promise.all([sweep(), sweep()]);
    expect(await getOperation(as(boris), operationId)).toMatchObject({
      ...{ changed: 3, summary: { steps: [{ after: 5, count: 3 }] } },
      approval: { state: "undecided", decider: "Referrals" },
    });
    await expect(approvePlan(as(boris), { operationId })).rejects.toMatchObject({ code: "conflict" });
    expect((await audited()).map(({ event }) => event)).toEqual(["approval_asked", "approval_undecided"]);
  });
});

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
    selection = { by: "batch", batchId: await makeLargeBatch(ids, 20_001) };
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
