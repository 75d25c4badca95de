import { beforeEach, describe, expect, it } from "vitest";
import { person } from "@/lib/access/actor";
import { db } from "@/lib/db";
import { commitImport, discardImport } from "@/lib/imports/commands";
import { getImport } from "@/lib/imports/queries";
import { applyPlan } from "@/lib/operations/apply";
import { approvePlan, askApproval, withdrawPlan } from "@/lib/operations/approval";
import { undoAtOnce } from "@/lib/operations/at-once";
import { planAnew } from "@/lib/operations/control";
import { getOperation, listHistory } from "@/lib/operations/queries";
import { scheduleEdit } from "@/lib/schedules/commands";
import { admitted, snapshot } from "@/lib/testing/builders";
import {
  ask,
  from,
  ids,
  makeSheet,
  now,
  refusedFor,
  row,
  scope,
  set,
  until,
  upload,
} from "@/lib/testing/changed-sheet";
import { uploadedSheet } from "@/lib/testing/sheets";
import { sweep } from "@/lib/testing/work";

beforeEach(makeSheet);

describe("a file whose changes need approval", () => {
  it("is kept while they wait, over a day, and is applied once they are approved", async () => {
    await db.application.update({ where: { id: scope.applicationId }, data: { approvalAbove: 0 } });
    set(1, { "Redemption limit": "6" });
    const file = await upload();
    const plan = await ask(file);
    await expect(applyPlan(admitted(scope), plan)).rejects.toMatchObject({ code: "forbidden" });
    await askApproval(admitted(scope), { planId: plan.planId, note: "" });
    await db.import.updateMany({ where: scope, data: { created: new Date(Date.now() - 25 * 3_600_000) } });
    await sweep();
    const boris = person({ id: "boris", name: "Boris", administrator: true, roles: new Map() });
    await approvePlan(admitted(scope, boris), { operationId: plan.planId });
    expect(await now(1)).toMatchObject({ usageLimit: 6 });
    expect(await getImport(admitted(scope), file.id)).toMatchObject({ operationId: BigInt(plan.planId) });
  });

  it("is planned again once the request is withdrawn", async () => {
    await db.application.update({ where: { id: scope.applicationId }, data: { approvalAbove: 0 } });
    set(1, { "Redemption limit": "6" });
    const { planId } = await ask(await upload());
    await askApproval(admitted(scope), { planId, note: "" });
    await withdrawPlan(admitted(scope), { operationId: planId });
    expect(await planAnew(admitted(scope), { operationId: planId })).toMatchObject({ changed: 1, approvalAbove: 0 });
  });

  it("is found gone where somebody discarded it meanwhile", async () => {
    await db.application.update({ where: { id: scope.applicationId }, data: { approvalAbove: 0 } });
    set(1, { "Redemption limit": "6" });
    const file = await upload();
    const { planId } = await ask(file);
    await askApproval(admitted(scope), { planId, note: "" });
    await discardImport(admitted(scope), { importId: file.id });
    const boris = person({ id: "boris", name: "Boris", administrator: true, roles: new Map() });
    expect(await refusedFor(approvePlan(admitted(scope, boris), { operationId: planId }))).toBe("file_gone");
    expect(await now(1)).toMatchObject({ usageLimit: 5 });
  });
});

describe("a file to change and upload again", () => {
  it("changes nothing as it was exported", async () => {
    expect(Object.keys(row(1))).toEqual(
      [
        "Code",
        "Advocate's Integration ID",
        "Redemptions",
        "Redemption limit",
        from,
        until,
        "Friend's Integration ID",
      ].concat(["attributes.points", "attributes.tags", "attributes.tier", "attributes.vip", "Upload key"]),
    );
    expect(row(2)).toMatchObject({ "Redemption limit": "unlimited", [from]: "2026-05-01 12:00:15", [until]: "" });
    const file = await upload();
    expect(file).toMatchObject({ rowCount: 3, failedCount: 0, reading: { changes: { rows: 0, cells: 0 } } });
    expect(await refusedFor(ask(file))).toBe("import_unchanged");
    expect(await refusedFor(commitImport(admitted(scope), { importId: file.id }))).toBe("import_changes");
  });

  it("leaves values alone that would not be allowed today", async () => {
    const names = ["tags", "tier"];
    await db.attributeDefinition.updateMany({
      where: { applicationId: scope.applicationId, name: { in: names } },
      data: { suggestions: ["z"], restricted: true },
    });
    set(1, { "Redemption limit": "7" });
    expect(await upload()).toMatchObject({ failedCount: 0, reading: { changes: { rows: 1, cells: 1 } } });
  });

  it("changes the cells that were changed, as one edit that is planned, recorded and undone", async () => {
    const before = await snapshot(scope);
    set(1, { "Redemption limit": "7", [until]: "", "attributes.tier": "silver", "attributes.points": "" });
    set(2, {
      [from]: "2026-06-01",
      "Friend's Integration ID": "friend-1",
      "attributes.vip": "no",
      "attributes.tags": "a, c",
    });
    const file = await upload();
    expect(file.reading.changes).toEqual({ rows: 2, cells: 8 });
    const plan = await ask(file);
    expect(plan).toMatchObject({ kind: "edit", effect: "edit", matched: 2, changed: 2, same: 0, refused: 0 });
    expect(plan.summary.steps).toContainEqual({ field: "usageLimit", before: 5, after: 7, count: 1 });
    expect(await snapshot(scope)).toBe(before);
    const { operationId } = await applyPlan(admitted(scope), { planId: plan.planId });
    expect(await now(1)).toMatchObject({ usageLimit: 7, validUntil: null, attributes: { tier: "silver" } });
    expect(await now(2)).toMatchObject({
      validFrom: new Date("2026-05-31T22:00:00Z"),
      friendIntegrationId: "friend-1",
      attributes: { vip: false, tags: ["a", "c"] },
    });
    expect(await getOperation(admitted(scope), operationId)).toMatchObject({ kind: "edit", fileName: "changed.csv" });
    expect((await listHistory(admitted(scope), ids[0] ?? "", 5))[0]).toMatchObject({ operationId, kind: "edit" });
    expect((await getImport(admitted(scope), file.id))?.committed).toMatchObject({ operationId, codes: 2, left: 0 });
    expect(await db.importRow.count({ where: { importId: BigInt(file.id) } })).toBe(0);
    await undoAtOnce(admitted(scope), { operationId });
    expect(await snapshot(scope)).toBe(before);
  });

  it("is applied once, and not after it was discarded", async () => {
    set(1, { "Redemption limit": "7" });
    const file = await upload();
    const [one, other] = [await ask(file), await ask(file)];
    await applyPlan(admitted(scope), { planId: one.planId });
    expect(await applyPlan(admitted(scope), { planId: one.planId })).toMatchObject({ repeated: true });
    expect(await refusedFor(applyPlan(admitted(scope), { planId: other.planId }))).toBe("file_gone");
    expect(await refusedFor(ask(file))).toBe("import_committed");
    expect(await refusedFor(discardImport(admitted(scope), { importId: file.id }))).toBe("import_committed");
    set(1, { "Redemption limit": "8" });
    const second = await upload();
    const plan = await ask(second, { conflicts: "overwrite" });
    await discardImport(admitted(scope), { importId: second.id });
    expect(await refusedFor(applyPlan(admitted(scope), { planId: plan.planId }))).toBe("file_gone");
    expect(await now(1)).toMatchObject({ usageLimit: 7 });
  });

  it("is no plan for another moment, and no change of codes where it makes some", async () => {
    set(1, { "Redemption limit": "7" });
    const plan = await ask(await upload());
    const starts = new Date(Date.now() + 3_600_000);
    const scheduled = scheduleEdit(admitted(scope), { planId: plan.planId, starts, ends: null });
    expect(await refusedFor(scheduled)).toBe("file_not_scheduled");
    const creating = await uploadedSheet(scope, "code,advocateprofileintegrationid\nNEWCODE-1,a\n");
    expect(creating.reading.changes).toBeNull();
    expect(await refusedFor(ask(creating))).toBe("import_creates");
  });
});
