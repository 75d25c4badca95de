import { beforeEach, describe, expect, it } from "vitest";
import { type Actor, person } from "@/lib/access/actor";
import { everyPermission } from "@/lib/access/permissions";
import { pool } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { approvePlan, refusePlan, withdrawPlan } from "@/lib/operations/approval";
import { listApprovals, listToDecide } from "@/lib/operations/approvals";
import { planEdit } from "@/lib/operations/edit";
import { readLog } from "@/lib/operations/log";
import { getPlan } from "@/lib/operations/plan";
import { getOperation } from "@/lib/operations/queries";
import { allOperations } from "@/lib/operations/search-params";
import { admitted, makeCampaign, snapshot } from "@/lib/testing/builders";
import {
  above,
  ada,
  as,
  ask,
  asked,
  audited,
  boris,
  codes,
  ids,
  limit,
  limits,
  needed,
  plan,
  refusedAs,
  selection,
  somebody,
  watch,
  work,
} from "@/lib/testing/watched";
import { sweep } from "@/lib/testing/work";

beforeEach(watch);

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
