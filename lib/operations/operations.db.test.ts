import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { recordedFields } from "@/lib/codes/sql";
import { db, Prisma, pool } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { planDelete } from "@/lib/operations/delete";
import { planEdit } from "@/lib/operations/edit";
import { getOperation, latestOperations, listChanges, listHistory } from "@/lib/operations/queries";
import { written } from "@/lib/operations/record";
import { editChangesField, type Selection } from "@/lib/operations/schema";
import { planUndo } from "@/lib/operations/undo";
import { admitted, makeBatch, makeCampaign, snapshot } from "@/lib/testing/builders";
import { editing, ofBatch, set } from "@/lib/testing/edits";
import { refusal } from "@/lib/testing/refusal";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
});

const { edit, apply, undo } = editing(() => scope);

it("names the batch in the log, also where an operation undoes or repeats what was done to it", async () => {
  const { batchId, ids } = await makeBatch(scope, [{ usageLimit: 1 }, { usageLimit: 1 }]);
  const edited = await apply(await edit(ofBatch(batchId), { usageLimit: set(5) }));
  const alone = await apply(await edit({ by: "ids", ids: [ids[0] ?? ""] }, { usageLimit: set(7) }));
  const undone = await undo(edited.operationId); // leaves the one that was changed since
  const again = await apply(await edit({ by: "left", operationId: undone.operationId }, { usageLimit: set(6) }));
  const redone = await undo(again.operationId);
  const rows = await latestOperations(admitted(scope), 10);
  const named = Object.fromEntries(rows.map((row) => [row.id, row.batchId]));
  for (const { operationId } of [edited, undone, again, redone]) expect(named[operationId]).toBe(batchId);
  expect(named[alone.operationId]).toBeNull();
  expect(await getOperation(admitted(scope), redone.operationId)).toMatchObject({ batchId });
});

describe("an edit", () => {
  it("counts what changes, stays and is refused, and applies exactly that", async () => {
    const { batchId, ids } = await makeBatch(scope, [
      { usageLimit: 1 },
      { usageLimit: 5 },
      { usageLimit: 9, usageCounter: 7 },
      { usageLimit: 1, attributes: { tier: "gold" } },
    ]);
    const plan = await edit(ofBatch(batchId), { usageLimit: set(5), attributes: { tier: { do: "remove" } } });
    expect(plan).toMatchObject({ matched: 4, changed: 2, same: 1, refused: 1 });
    expect(plan.summary.steps).toEqual([
      { field: "attributes.tier", before: "gold", after: null, count: 1 },
      { field: "usageLimit", before: 1, after: 5, count: 2 },
    ]);
    expect(plan.summary.refusals).toMatchObject([{ refusal: "limit_below_redemptions", count: 1 }]);
    expect(await latestOperations(admitted(scope), 10)).toHaveLength(1);

    const operation = await apply(plan);
    expect(operation).toMatchObject({ changed: 2, refused: 1, repeated: false });
    const rows = await db.referral.findMany({ where: { ...scope }, orderBy: { id: "asc" } });
    expect(rows.map((row) => [row.usageLimit, row.attributes])).toEqual([
      [5, {}],
      [5, {}],
      [9, {}],
      [5, {}],
    ]);
    const changes = await listChanges(admitted(scope), operation.operationId, {
      show: "changed",
      before: null,
      size: 10,
    });
    expect(changes.rows.map((row) => row.referralId)).toEqual([ids[3], ids[0]]);
    const left = await listChanges(admitted(scope), operation.operationId, { show: "refused", before: null, size: 10 });
    expect(left.rows.map((row) => row.referralId)).toEqual([ids[2]]);
    const history = await listHistory(admitted(scope), ids[0] ?? "", 10);
    expect(history.map((entry) => entry.kind)).toEqual(["edit", "create"]);
  });

  it.each([
    ["a limit above 999,999", { usageLimit: 999_998 }, { usageLimit: { do: "raise", by: 2 } }, "limit_too_high"],
    [
      "a start after the end",
      { validUntil: "2027-01-01T00:00:00Z" },
      { validFrom: set("2027-02-01T00:00:00Z") },
      "start_not_before_end",
    ],
    [
      "an end at the start",
      { validFrom: "2027-01-01T00:00:00Z" },
      { validUntil: set("2027-01-01T00:00:00Z") },
      "start_not_before_end",
    ],
    [
      "an end shifted before the start",
      { validFrom: "2027-01-05T00:00:00Z", validUntil: "2027-01-10T00:00:00Z" },
      { validUntil: { do: "shift", days: -10 } },
      "start_not_before_end",
    ],
    ["an advocate as the only friend", {}, { friendIntegrationId: set("cust_1") }, "friend_is_advocate"],
    [
      "an end shifted beyond the years that can be written",
      { validUntil: "9999-12-31T22:00:00Z" },
      { validUntil: { do: "shift", days: 1 } },
      "date_out_of_range",
    ],
    [
      "attributes that are too large beside the others",
      { attributes: Object.fromEntries(["a", "b", "c"].map((name) => [name, "é".repeat(9900)])) },
      { attributes: { tags: set(["é".repeat(9900)]) } },
      "attributes_too_large",
    ],
    [
      "a start shifted before 1900",
      { validFrom: "1900-01-02T00:00:00Z" },
      { validFrom: { do: "shift", days: -2 } },
      "date_out_of_range",
    ],
  ])("refuses %s, and changes nothing", async (_, code, changes, expected) => {
    const { batchId } = await makeBatch(scope, [code]);
    const before = await snapshot(scope);
    const plan = await edit(ofBatch(batchId), changes);
    expect(plan).toMatchObject({ changed: 0, refused: 1 });
    expect(plan.summary.refusals[0]?.refusal).toBe(expected);
    expect((await refusal(apply(plan))).code).toBe("conflict");
    expect(await snapshot(scope)).toBe(before);
  });

  it("shifts by days on the clocks of the zone, across a change of them", async () => {
    const { batchId } = await makeBatch(scope, [{ validUntil: "2027-03-20T13:00:00Z" }, {}]);
    const plan = await edit(ofBatch(batchId), { validUntil: { do: "shift", days: 14 } });
    expect(plan).toMatchObject({ changed: 1, same: 1 });
    await apply(plan);
    const [row] = await db.referral.findMany({ where: { ...scope, validUntil: { not: null } } });
    expect(row?.validUntil?.toISOString()).toBe("2027-04-03T12:00:00.000Z");
  });

  it("ends codes with the month they end in, on the clocks of the zone", async () => {
    const { batchId } = await makeBatch(scope, [
      { usageLimit: 1, validUntil: "2027-02-10T12:00:00Z" },
      { usageLimit: 2, validUntil: "2027-03-28T22:30:00Z" },
      { usageLimit: 3, validUntil: "2027-06-30T22:00:00Z" }, // the end of June already
      { usageLimit: 4 },
    ]);
    const plan = await edit(ofBatch(batchId), { validUntil: { do: "monthEnd" } });
    expect(plan).toMatchObject({ changed: 2, same: 2 });
    await apply(plan);
    const rows = await db.referral.findMany({ where: { ...scope }, orderBy: { usageLimit: "asc" } });
    expect(rows.map((row) => row.validUntil?.toISOString())).toEqual([
      "2027-02-28T23:00:00.000Z",
      "2027-03-31T22:00:00.000Z",
      "2027-06-30T22:00:00.000Z",
      undefined,
    ]);
  });

  it.each([
    ["Atlantic/Azores", { do: "shift", days: 7 }, "2026-10-18T00:00:00Z", "2026-10-25T00:00:00.000Z"],
    ["America/Havana", { do: "monthEnd" }, "2026-10-20T10:00:00Z", "2026-11-01T04:00:00.000Z"],
  ] as const)(
    "ends codes where a day begins, also in %s on the day that begins twice",
    async (zone, change, from, to) => {
      scope = await makeCampaign({ timeZone: zone });
      const { batchId } = await makeBatch(scope, [{ validUntil: from }]);
      await apply(await edit(ofBatch(batchId), { validUntil: change }));
      const row = await db.referral.findFirst({ where: scope });
      expect(row?.validUntil?.toISOString()).toBe(to);
    },
  );

  it("leaves unlimited codes unlimited when limits are raised", async () => {
    const { batchId } = await makeBatch(scope, [{ usageLimit: 0 }, { usageLimit: 3 }]);
    expect(await edit(ofBatch(batchId), { usageLimit: { do: "raise", by: 2 } })).toMatchObject({ changed: 1, same: 1 });
  });

  it.each([
    [{}, "changes", "Choose at least one"],
    [{ attributes: { tier: set("lead") } }, "changes.attributes.tier", "lead"],
    [{ attributes: { vip: set("yes") } }, "changes.attributes.vip", "true or false"],
    [{ attributes: { colour: set("red") } }, "changes.attributes.colour", "colour"],
  ])("refuses input %j by field and value", async (changes, field, words) => {
    const { batchId } = await makeBatch(scope, [{}]);
    const error = await refusal(edit(ofBatch(batchId), changes));
    expect(error.code).toBe("invalid");
    expect(error.more.fields?.[field]).toContain(words);
    expect(await db.operation.count({ where: { ...scope, state: "planned" } })).toBe(0);
  });

  it("is carried out once, however often it is sent", async () => {
    const { batchId } = await makeBatch(scope, [{ usageLimit: 1 }, { usageLimit: 2 }]);
    const plan = await edit(ofBatch(batchId), { usageLimit: { do: "raise", by: 1 } });
    const results = await Promise.all(Array.from({ length: 6 }, () => apply(plan)));
    expect(results.filter((result) => !result.repeated)).toHaveLength(1);
    const rows = await db.referral.findMany({ where: { ...scope }, orderBy: { id: "asc" } });
    expect(rows.map((row) => row.usageLimit)).toEqual([2, 3]);
  });

  it("forgets the plan it replaces", async () => {
    const { batchId } = await makeBatch(scope, [{}]);
    const first = await edit(ofBatch(batchId), { usageLimit: set(2) });
    const second = await edit(ofBatch(batchId), { usageLimit: set(3) }, { replaces: first.planId });
    expect((await refusal(apply(first))).code).toBe("not_found");
    await apply(second);
  });
});

describe("scope", () => {
  it("never reaches another campaign's codes, and says not found", async () => {
    const mine = scope;
    const theirs = await makeCampaign();
    const { batchId, ids, operationId } = await makeBatch(theirs, [{}]);
    const before = await snapshot(theirs);
    for (const selection of [ofBatch(batchId), { by: "ids", ids } as Selection]) {
      expect(
        (
          await refusal(
            planEdit(admitted(mine), { selection, changes: editChangesField.parse({ usageLimit: set(1) }) }),
          )
        ).code,
      ).toBe("not_found");
      expect((await refusal(planDelete(admitted(mine), { selection, keepRedeemed: false }))).code).toBe("not_found");
    }
    expect((await refusal(planUndo(admitted(mine), { operationId }))).code).toBe("not_found");
    const plan = await planEdit(admitted(theirs), {
      selection: ofBatch(batchId),
      changes: editChangesField.parse({ usageLimit: set(1) }),
    });
    expect((await refusal(applyPlan(admitted(mine), { planId: plan.planId }))).code).toBe("not_found");
    expect(await getOperation(admitted(mine), operationId)).toBeNull();
    expect(await snapshot(theirs)).toBe(before);
    await applyPlan(admitted(theirs), { planId: plan.planId });
  });

  it("is refused while the campaign's referrals feature is off", async () => {
    const off = await makeCampaign({ features: [] });
    const error = await refusal(
      planDelete(admitted(off), { selection: { by: "ids", ids: ["1"] }, keepRedeemed: false }),
    );
    expect(error.code).toBe("feature_off");
  });

  it("has the database as last guard", async () => {
    const { ids } = await makeBatch(scope, [{ usageLimit: 2, usageCounter: 2 }]);
    const over = pool.query("UPDATE referral SET usage_counter = 3 WHERE id = $1", [ids[0]]);
    await expect(over).rejects.toThrow("referral_usage_counter_check");
  });
});

it("records new codes by the same fields that the database reads from them", async () => {
  const { operationId } = await makeBatch(scope, [
    {},
    { usageLimit: 0, validFrom: "2027-01-01T00:00:00Z", validUntil: "2027-02-01T09:30:00.123Z" },
    { attributes: { tier: "gold", vip: false, points: 1.5, tags: ["a", "b"] } },
  ]);
  const { rows } = await pool.query<{ after: object; fields: object }>(
    `SELECT ${written.sql} AS after, ${recordedFields(Prisma.sql`r`).sql} AS fields FROM change c JOIN referral r USING (application_id)
     JOIN operation o ON o.application_id = c.application_id AND o.id = c.operation_id
     WHERE c.application_id = $1 AND c.operation_id = $2 AND r.id = c.referral_id`,
    [scope.applicationId, operationId],
  );
  expect(rows).toHaveLength(3);
  for (const row of rows) expect(row.after).toEqual(row.fields);
});
