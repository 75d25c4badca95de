import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { deleteAtOnce, editAtOnce, saveAtOnce, undoAtOnce } from "@/lib/operations/at-once";
import { latestOperations } from "@/lib/operations/queries";
import type { FieldValues } from "@/lib/operations/rules";
import { editChangesField, type Selection } from "@/lib/operations/schema";
import { getSubject } from "@/lib/operations/subject";
import { planUndo } from "@/lib/operations/undo";
import {
  admitted,
  countDrift,
  makeBatch,
  makeCampaign,
  makeLargeBatch,
  redeemed,
  snapshot,
} from "@/lib/testing/builders";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
});

const edit = (selection: Selection, changes: object) =>
  editAtOnce(admitted(scope), { selection, changes: editChangesField.parse(changes) });
const ofBatch = (batchId: string): Selection => ({ by: "batch", batchId });
const limits = async () => {
  const codes = await db.referral.findMany({ where: scope, orderBy: { id: "asc" }, select: { usageLimit: true } });
  return codes.map(({ usageLimit }) => usageLimit);
};

async function undo(operationId: string): Promise<void> {
  const { planId } = await planUndo(admitted(scope), { operationId });
  await applyPlan(admitted(scope), { planId });
}

describe("new values of one code", () => {
  const fields = async (id: string) => (await getSubject(admitted(scope), { by: "ids", ids: [id] }))?.fields ?? {};
  const save = (referralId: string, changes: object, shown: FieldValues) =>
    saveAtOnce(admitted(scope), {
      referralId,
      changes: editChangesField.parse(changes),
      shown: Object.fromEntries(Object.entries(shown).map(([field, value]) => [field, JSON.stringify(value)])),
    });

  it("are an operation that can be undone", async () => {
    const { ids } = await makeBatch(scope, [{ usageLimit: 3 }, { usageLimit: 3 }]);
    const before = await snapshot(scope);
    const changes = { usageLimit: { do: "set", value: 9 }, validUntil: { do: "set", value: "2027-01-31T23:00:00Z" } };
    const saved = await save(ids[0] ?? "", changes, await fields(ids[0] ?? ""));
    expect(saved).toMatchObject({ kind: "edit", changed: 1 });
    expect(await limits()).toEqual([9, 3]);
    await undo(saved?.operationId ?? "");
    expect(await snapshot(scope)).toBe(before);
  });

  it("are refused with what somebody else saved since, of these fields alone, and nothing is done", async () => {
    const { ids } = await makeBatch(scope, [{ usageLimit: 3 }]);
    const [id = ""] = ids;
    const shown = await fields(id);
    await edit({ by: "ids", ids: [id] }, { usageLimit: { do: "set", value: 5 } });
    const before = await snapshot(scope);
    await expect(save(id, { usageLimit: { do: "set", value: 9 } }, shown)).rejects.toMatchObject({
      code: "stale",
      reason: { reason: "values_changed" },
      more: { details: { usageLimit: 5, validUntil: null } },
    });
    expect(await snapshot(scope)).toBe(before);
    await save(id, { friendIntegrationId: { do: "set", value: "Bob" } }, shown); // another field
    await save(id, { usageLimit: { do: "set", value: 9 } }, await fields(id));
    expect(await fields(id)).toMatchObject({ usageLimit: 9, friendIntegrationId: "Bob" });
  });

  it("of which only one of some at the same moment gets in", async () => {
    const { ids } = await makeBatch(scope, [{ usageLimit: 3 }]);
    const [id = ""] = ids;
    const shown = await fields(id);
    const tried = await Promise.allSettled(
      [5, 6, 7, 8].map((value) => save(id, { usageLimit: { do: "set", value } }, shown)),
    );
    expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("that a rule refuses are told at their field", async () => {
    const { ids } = await makeBatch(scope, [{ usageLimit: 5, usageCounter: 4 }]);
    const [id = ""] = ids;
    await expect(save(id, { usageLimit: { do: "set", value: 3 } }, await fields(id))).rejects.toMatchObject({
      code: "conflict",
      more: { fields: { usageLimit: expect.stringContaining("redeemed more often") } },
    });
    await expect(save("999999999", { usageLimit: { do: "set", value: 3 } }, {})).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("an edit at once", () => {
  it("is one operation, which can be undone", async () => {
    const { batchId } = await makeBatch(scope, [{ usageLimit: 1 }, { usageLimit: 2 }, { usageLimit: 9 }]);
    const before = await snapshot(scope);
    const edited = await edit(ofBatch(batchId), { usageLimit: { do: "set", value: 9 } });
    expect(edited).toMatchObject({ kind: "edit", changed: 2, refused: 0, repeated: false, running: false });
    expect(await limits()).toEqual([9, 9, 9]);
    const rows = await latestOperations(admitted(scope), 10);
    expect(rows[0]).toMatchObject({ id: edited?.operationId, kind: "edit", changed: 2 });
    await undo(edited?.operationId ?? "");
    expect(await snapshot(scope)).toBe(before);
  });

  it("of a batch of which one code is refused does nothing, and gives the reason with its number", async () => {
    const { batchId } = await makeBatch(scope, [{ usageLimit: 5 }, { usageLimit: 5, usageCounter: 4, code: "USED-4" }]);
    await expect(edit(ofBatch(batchId), { usageLimit: { do: "set", value: 3 } })).rejects.toMatchObject({
      code: "conflict",
      message: "1 code has been redeemed more often than the new limit allows. Nothing was done.",
      more: { details: { refusals: [{ refusal: "limit_below_redemptions", count: 1, codes: ["USED-4"] }] } },
      problems: [
        {
          field: ["usageLimit"],
          reason: { reason: "limit_below_redemptions", code: "USED-4", limit: 3, redemptions: 4 },
        },
      ],
    });
    expect(await limits()).toEqual([5, 5]);
    expect(await db.operation.count({ where: { ...scope, kind: "edit" } })).toBe(0);
  });

  it.each([
    [
      { validUntil: { do: "set", value: "2026-01-01T00:00:00Z" } },
      { field: ["validUntil"], reason: { reason: "start_not_before_end", code: "ONE-1" } },
    ],
    [
      { validFrom: { do: "set", value: "2028-01-01T00:00:00Z" } },
      { field: ["validFrom"], reason: { reason: "start_not_before_end", validUntil: "2027-06-01T00:00:00+00:00" } },
    ],
    [
      { friendIntegrationId: { do: "set", value: "cust_1" } },
      { field: ["friendIntegrationId"], reason: { reason: "friend_is_advocate", code: "ONE-1" } },
    ],
    [
      { usageLimit: { do: "raise", by: 999_999 } },
      { field: ["usageLimit"], reason: { reason: "limit_too_high", limit: 1_000_004 } },
    ],
    [
      { usageLimit: { do: "set", value: 9 }, onlyUnredeemed: true },
      { field: [], reason: { reason: "redeemed", code: "ONE-1", redemptions: 2 } },
    ],
  ])("names the field and the numbers of what refuses it: %j", async (changes, problem) => {
    const code = { code: "ONE-1", usageLimit: 5, usageCounter: 2 };
    const { ids } = await makeBatch(scope, [
      { ...code, validFrom: "2027-01-01T00:00:00Z", validUntil: "2027-06-01T00:00:00Z" },
    ]);
    const refused = edit({ by: "ids", ids }, changes);
    await expect(refused).rejects.toMatchObject({ reason: { reason: "codes_refused" }, problems: [problem] });
  });

  it("that changes nothing leaves nothing in the log", async () => {
    const { batchId } = await makeBatch(scope, [{ usageLimit: 5 }]);
    expect(await edit(ofBatch(batchId), { usageLimit: { do: "set", value: 5 } })).toBeNull();
    expect(await db.operation.count({ where: { ...scope, kind: "edit" } })).toBe(0);
  });

  it("by many at the same moment counts every one that is made", async () => {
    const { ids } = await makeBatch(scope, [{ usageLimit: 10 }, { usageLimit: 10 }]);
    const raise = (chosen: string[]) => edit({ by: "ids", ids: chosen }, { usageLimit: { do: "raise", by: 1 } });
    const edits = Array.from({ length: 12 }, (_, index) => raise(index % 2 === 0 ? ids : ids.toReversed()));
    const outcomes = await Promise.allSettled(edits);
    // on a slow machine the last ones are told to come again
    for (const one of outcomes) if (one.status === "rejected") expect(one.reason).toMatchObject({ fault: "locked" });
    const made = outcomes.filter(({ status }) => status === "fulfilled").length;
    expect(made).toBeGreaterThan(1);
    expect(await limits()).toEqual([10 + made, 10 + made]);
    expect(await db.operation.count({ where: { ...scope, kind: "edit", state: "applied" } })).toBe(made);
  });

  it("of codes that are not there is refused", async () => {
    await makeBatch(scope, [{}]);
    await expect(
      edit({ by: "ids", ids: ["999999999"] }, { usageLimit: { do: "set", value: 5 } }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});

it("a deletion at once is one operation, and brings every code back when it is undone", async () => {
  const { batchId } = await makeBatch(scope, [{ usageLimit: 5, usageCounter: 2 }, { attributes: { tier: "gold" } }]);
  const before = await snapshot(scope);
  const deleted = await deleteAtOnce(admitted(scope), { selection: ofBatch(batchId) });
  expect(deleted).toMatchObject({ kind: "delete", changed: 2, running: false });
  expect(await limits()).toEqual([]);
  await undo(deleted?.operationId ?? "");
  expect(await snapshot(scope)).toBe(before);
  expect(await countDrift(scope)).toBe(0);
});

describe("undoing at once", () => {
  const operations = () => db.operation.count({ where: scope });
  const undoNow = (operationId = "") => undoAtOnce(admitted(scope), { operationId });

  it("undoes what can be undone whole, and its own undoing", async () => {
    const { batchId, operationId } = await makeBatch(scope, [{ code: "CODE-1", usageLimit: 1 }, { usageLimit: 2 }]);
    const before = await snapshot(scope);
    const edited = await edit(ofBatch(batchId), { usageLimit: { do: "set", value: 9 } });
    const undone = await undoNow(edited?.operationId);
    expect(undone).toMatchObject({
      applied: { kind: "undo", effect: "edit", changed: 2, running: false },
      because: null,
    });
    expect(await snapshot(scope)).toBe(before);
    const redone = await undoNow(undone.applied?.operationId);
    expect(redone).toMatchObject({ applied: { kind: "undo", effect: "edit", changed: 2 } });
    expect(await limits()).toEqual([9, 9]);
    await undoNow(redone.applied?.operationId);
    expect(await undoNow(operationId)).toMatchObject({ applied: { effect: "delete", changed: 2 } });
    expect(await limits()).toEqual([]);
  });

  it("does and records nothing where a code, or a field of one, would be left", async () => {
    const { batchId, operationId, ids } = await makeBatch(scope, [{ usageLimit: 5 }, { usageLimit: 5 }]);
    const both = { usageLimit: { do: "set", value: 9 }, validUntil: { do: "set", value: "2030-01-01T00:00:00Z" } };
    const edited = await edit(ofBatch(batchId), both);
    await edit({ by: "ids", ids: ids.slice(0, 1) }, { usageLimit: { do: "set", value: 7 } });
    await redeemed(scope, ids[1] ?? "", 1);
    const [before, count] = [await snapshot(scope), await operations()];
    for (const id of [edited?.operationId, operationId])
      expect(await undoNow(id)).toEqual({ applied: null, because: "incomplete" });
    expect([await snapshot(scope), await operations()]).toEqual([before, count]);
  });

  it("leaves a large one to a plan that is seen, and refuses what is unknown or undone already", async () => {
    await makeLargeBatch(scope, 20_001);
    const [large] = await latestOperations(admitted(scope), 1);
    expect(await undoNow(large?.id)).toEqual({ applied: null, because: "large" });
    const { operationId } = await makeBatch(scope, [{}]);
    await expect(undoNow("999999")).rejects.toMatchObject({ code: "not_found" });
    const twice = await Promise.allSettled([undoNow(operationId), undoNow(operationId)]);
    expect(twice.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(undoNow(operationId)).rejects.toMatchObject({ code: "conflict" });
  });
});
