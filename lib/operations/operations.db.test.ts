import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { recordedFields } from "@/lib/codes/sql";
import { db, Prisma, pool } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { applyPlan } from "@/lib/operations/apply";
import { planDelete } from "@/lib/operations/delete";
import { planEdit } from "@/lib/operations/edit";
import { readLog } from "@/lib/operations/log";
import { getOperation, latestOperations, listChanges, listHistory } from "@/lib/operations/queries";
import { written } from "@/lib/operations/record";
import { editChangesField, type Selection } from "@/lib/operations/schema";
import { allOperations } from "@/lib/operations/search-params";
import { planUndo } from "@/lib/operations/undo";
import { admitted, countDrift, makeBatch, makeCampaign, redeemed, snapshot } from "@/lib/testing/builders";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
});

const edit = (selection: Selection, changes: object, more: object = {}) =>
  planEdit(admitted(scope), { selection, changes: editChangesField.parse(changes), ...more });
const apply = (plan: { planId: string }) => applyPlan(admitted(scope), { planId: plan.planId });
const ofBatch = (batchId: string): Selection => ({ by: "batch", batchId });
const undo = async (operationId: string) => apply(await planUndo(admitted(scope), { operationId }));
const set = (value: unknown) => ({ do: "set", value });

async function refusal(promise: Promise<unknown>): Promise<DomainError> {
  const thrown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(DomainError);
  return thrown as DomainError;
}

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

describe("two people at once", () => {
  it("names every row that changed since the plan, changes none, and plans anew", async () => {
    const { batchId, ids } = await makeBatch(scope, [{ code: "AAAA" }, { code: "BBBB" }, { code: "CCCC" }]);
    const mine = await edit(ofBatch(batchId), { usageLimit: set(50) });
    await apply(await edit({ by: "ids", ids: [ids[0] ?? ""] }, { usageLimit: set(7) }));
    await apply(
      await planDelete(admitted(scope), { selection: { by: "ids", ids: [ids[1] ?? ""] }, keepRedeemed: false }),
    );
    const before = await snapshot(scope);
    const error = await refusal(apply(mine));
    expect(error.code).toBe("stale");
    expect(error.more.details).toEqual({
      total: 2,
      rows: [
        { code: "AAAA", field: "usageLimit", planned: 10, now: 7 },
        { code: "BBBB", field: null, planned: null, now: null },
      ],
    });
    expect(await snapshot(scope)).toBe(before);
  });

  it("does not mind a change to another field", async () => {
    const { batchId } = await makeBatch(scope, [{}]);
    const mine = await edit(ofBatch(batchId), { usageLimit: set(50) });
    await apply(await edit(ofBatch(batchId), { attributes: { tier: set("gold") } }));
    await apply(mine);
    const [row] = await db.referral.findMany({ where: { ...scope } });
    expect(row).toMatchObject({ usageLimit: 50, attributes: { tier: "gold" } });
  });

  it("minds a redemption that the new limit has no room for", async () => {
    const { batchId, ids } = await makeBatch(scope, [{ usageLimit: 5 }]);
    const plan = await edit(ofBatch(batchId), { usageLimit: set(1) });
    await redeemed(scope, ids[0] ?? "", 2);
    expect((await refusal(apply(plan))).code).toBe("stale");
  });

  it("asks for unredeemed codes again when it is applied, and names those that were redeemed", async () => {
    const { batchId, ids } = await makeBatch(scope, [{ code: "AAAA" }, { code: "BBBB" }]);
    const plan = await edit(ofBatch(batchId), { usageLimit: set(50), onlyUnredeemed: true });
    expect(plan).toMatchObject({ changed: 2, refused: 0 });
    await redeemed(scope, ids[1] ?? "", 1);
    const before = await snapshot(scope);
    const error = await refusal(apply(plan));
    expect(error.more.details).toEqual({
      total: 1,
      rows: [{ code: "BBBB", field: "usageCounter", planned: null, now: 1 }],
    });
    expect(await snapshot(scope)).toBe(before);
    expect(await apply(await edit(ofBatch(batchId), { usageLimit: set(50), onlyUnredeemed: true }))).toMatchObject({
      changed: 1,
      refused: 1,
    });
  });

  it("minds a start that was moved behind the planned end", async () => {
    const { batchId } = await makeBatch(scope, [{ validFrom: "2027-01-01T00:00:00Z" }]);
    const plan = await edit(ofBatch(batchId), { validUntil: set("2027-02-01T00:00:00Z") });
    await apply(await edit(ofBatch(batchId), { validFrom: set("2027-03-01T00:00:00Z") }));
    expect((await refusal(apply(plan))).code).toBe("stale");
  });

  it("tells a form what others did since it was opened", async () => {
    const { batchId } = await makeBatch(scope, [{}]);
    const openedAt = new Date(Date.now() - 1).toISOString();
    const other = await apply(await edit(ofBatch(batchId), { usageLimit: set(7) }));
    const plan = await edit(ofBatch(batchId), { usageLimit: set(8) }, { openedAt });
    expect(plan.meanwhile).toContainEqual(
      expect.objectContaining({
        operationId: other.operationId,
        codes: 1,
        example: expect.objectContaining({ after: { usageLimit: 7 } }),
      }),
    );
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan); // a large plan comes to the form that way
  });

  it("counts as newer what was applied later, although it was planned earlier", async () => {
    const { batchId, ids } = await makeBatch(scope, [{}]);
    const early = await edit(ofBatch(batchId), { usageLimit: set(7) });
    const late = await apply(await edit(ofBatch(batchId), { validUntil: set("2027-03-01T00:00:00Z") }));
    const last = await apply(early);
    const newest = [last.operationId, late.operationId];
    const rows = await latestOperations(admitted(scope), 2);
    expect(rows.map(({ id }) => id)).toEqual(newest);
    const reading = { timeZone: "Europe/Berlin", caseRule: "insensitive-uppercase" } as const;
    const next = await readLog(admitted(scope), { ...allOperations, before: last.operationId }, reading, 1);
    expect(next.entries.map(({ operation }) => operation?.id)).toEqual([late.operationId]);
    const history = await listHistory(admitted(scope), ids[0] ?? "", 2);
    expect(history.map(({ operationId }) => operationId)).toEqual(newest);
  });

  it("lets two edits of the same codes take turns without deadlock", async () => {
    const { batchId, ids } = await makeBatch(
      scope,
      Array.from({ length: 200 }, () => ({})),
    );
    const plans = await Promise.all([
      edit(ofBatch(batchId), { usageLimit: set(20) }),
      edit({ by: "ids", ids: ids.toReversed() }, { attributes: { vip: set(true) } }),
      edit(ofBatch(batchId), { validUntil: set("2027-01-01T00:00:00Z") }),
    ]);
    const results = await Promise.all(plans.map(apply));
    expect(results.map((result) => result.changed)).toEqual([200, 200, 200]);
  });
});

describe("a deletion", () => {
  it("names redeemed codes, keeps them if asked, and undoing restores ids, values and codes", async () => {
    const { batchId } = await makeBatch(scope, [
      { code: "USED", usageCounter: 3 },
      { attributes: { tier: "gold" } },
      {},
    ]);
    const before = await snapshot(scope);
    const keep = await planDelete(admitted(scope), { selection: ofBatch(batchId), keepRedeemed: true });
    expect(keep).toMatchObject({ changed: 2, refused: 1 });
    const all = await planDelete(admitted(scope), { selection: ofBatch(batchId), keepRedeemed: false });
    expect(all.summary.redeemed).toEqual({ codes: 1, redemptions: 3, named: ["USED"] });
    const operation = await apply(all);
    expect(await snapshot(scope)).toBe("");
    expect(await countDrift(scope)).toBe(0);
    const back = await undo(operation.operationId);
    expect(await snapshot(scope)).toBe(before);
    expect(await countDrift(scope)).toBe(0);
    await undo(back.operationId);
    expect(await snapshot(scope)).toBe("");
  });

  it("asks again when a code is redeemed between plan and confirmation", async () => {
    const { batchId, ids } = await makeBatch(scope, [{ code: "LATE" }]);
    const plan = await planDelete(admitted(scope), { selection: ofBatch(batchId), keepRedeemed: false });
    await redeemed(scope, ids[0] ?? "", 1);
    const error = await refusal(apply(plan));
    expect(error.more.details).toMatchObject({ rows: [{ code: "LATE", field: "usage_counter", planned: 0, now: 1 }] });
  });

  it("cannot bring back a code that was made again meanwhile; the rest comes back", async () => {
    const { batchId } = await makeBatch(scope, [{ code: "AGAIN" }, { code: "ONCE" }]);
    const operation = await apply(
      await planDelete(admitted(scope), { selection: ofBatch(batchId), keepRedeemed: false }),
    );
    await makeBatch(scope, [{ code: "AGAIN" }]);
    const plan = await planUndo(admitted(scope), { operationId: operation.operationId });
    expect(plan).toMatchObject({ changed: 1, refused: 1 });
    expect(plan.summary.refusals[0]).toMatchObject({ refusal: "code_taken", codes: ["AGAIN"] });
    await apply(plan);
    expect(await db.referral.count({ where: { ...scope } })).toBe(2);
  });

  it("notices a code that is made again between the undo's plan and its confirmation", async () => {
    const { batchId } = await makeBatch(scope, [{ code: "AGAIN" }]);
    const operation = await apply(
      await planDelete(admitted(scope), { selection: ofBatch(batchId), keepRedeemed: false }),
    );
    const plan = await planUndo(admitted(scope), { operationId: operation.operationId });
    await makeBatch(scope, [{ code: "AGAIN" }]);
    expect((await refusal(apply(plan))).code).toBe("stale");
  });
});

describe("undo", () => {
  it("leaves a field that someone changed since, and lists it", async () => {
    const { batchId, ids } = await makeBatch(scope, [{ code: "MINE" }, { code: "THEIRS" }]);
    const operation = await apply(
      await edit(ofBatch(batchId), { usageLimit: set(5), attributes: { tier: set("gold") } }),
    );
    await apply(await edit({ by: "ids", ids: [ids[1] ?? ""] }, { usageLimit: set(6) }));
    const plan = await planUndo(admitted(scope), { operationId: operation.operationId });
    expect(plan).toMatchObject({ changed: 2, refused: 0 });
    expect(plan.summary.kept).toEqual([{ field: "usageLimit", count: 1, codes: ["THEIRS"] }]);
    const done = await apply(plan);
    const rows = await db.referral.findMany({ where: { ...scope }, orderBy: { id: "asc" } });
    expect(rows.map((row) => [row.usageLimit, row.attributes])).toEqual([
      [10, {}],
      [6, {}],
    ]);
    const kept = await listChanges(admitted(scope), done.operationId, { show: "kept", before: null, size: 5 });
    expect(kept.rows).toMatchObject([{ code: "THEIRS", kept: { usageLimit: 6 } }]);
  });

  it("of a creation deletes the codes, but not those redeemed or changed since", async () => {
    const { batchId, operationId, ids } = await makeBatch(scope, [
      { code: "PLAIN" },
      { code: "USED", usageCounter: 1 },
      { code: "OTHER" },
    ]);
    await apply(await edit({ by: "ids", ids: [ids[2] ?? ""] }, { usageLimit: set(6) }));
    const plan = await planUndo(admitted(scope), { operationId });
    expect(plan).toMatchObject({ matched: 3, changed: 1, refused: 2 });
    expect(plan.summary.refusals.map(({ refusal: reason, codes }) => [reason, codes]).sort()).toEqual([
      ["changed_since", ["OTHER"]],
      ["redeemed", ["USED"]],
    ]);
    await apply(plan);
    expect(await db.referral.count({ where: { ...scope, batchId } })).toBe(2);
    expect(await countDrift(scope)).toBe(0);
  });

  it("happens once, also when two people ask for it together", async () => {
    const { batchId } = await makeBatch(scope, [{}]);
    const operation = await apply(await edit(ofBatch(batchId), { usageLimit: set(5) }));
    const plans = [
      await planUndo(admitted(scope), { operationId: operation.operationId }),
      await planUndo(admitted(scope), { operationId: operation.operationId }),
    ];
    const results = await Promise.allSettled(plans.map(apply));
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await refusal(planUndo(admitted(scope), { operationId: operation.operationId }))).message).toContain(
      "undone already",
    );
    expect((await getOperation(admitted(scope), operation.operationId))?.undoneById).not.toBeNull();
  });

  it("of a row that is gone says so", async () => {
    const { batchId } = await makeBatch(scope, [{}]);
    const operation = await apply(await edit(ofBatch(batchId), { usageLimit: set(5) }));
    await apply(await planDelete(admitted(scope), { selection: ofBatch(batchId), keepRedeemed: false }));
    const plan = await planUndo(admitted(scope), { operationId: operation.operationId });
    expect(plan.summary.refusals[0]?.refusal).toBe("gone");
  });

  it("restores the table byte for byte after any edit", async () => {
    const date = fc.constantFrom(
      "2026-12-01T00:00:00Z",
      "2027-03-28T01:30:00Z",
      "2027-10-31T00:30:00Z",
      "2028-02-29T12:00:00Z",
    );
    const code = fc.record(
      {
        usageLimit: fc.integer({ min: 0, max: 20 }),
        validFrom: fc.constantFrom(null, "2026-06-01T00:00:00Z", "2027-04-01T00:00:00Z"),
        validUntil: fc.constantFrom(null, "2027-06-01T00:00:00Z", "2029-01-01T00:00:00Z"),
        attributes: fc.record(
          {
            tier: fc.constantFrom("gold", "silver"),
            points: fc.integer(),
            tags: fc.array(fc.string({ unit: "grapheme-ascii" }), { maxLength: 3 }),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    );
    const dateChange = fc.oneof(
      fc.constant({ do: "leave" }),
      fc.constant({ do: "clear" }),
      date.map(set),
      fc.integer({ min: 1, max: 400 }).map((days) => ({ do: "shift", days })),
    );
    const changes = fc.record({
      usageLimit: fc.oneof(
        fc.integer({ min: 0, max: 20 }).map(set),
        fc.integer({ min: 1, max: 9 }).map((by) => ({ do: "raise", by })),
      ),
      validFrom: dateChange,
      validUntil: dateChange,
      attributes: fc.record(
        {
          tier: fc.constantFrom({ do: "remove" }, set("bronze")),
          points: fc.integer().map(set),
          vip: fc.boolean().map(set),
        },
        { requiredKeys: [] },
      ),
    });
    const valid = changes.filter((change) => editChangesField.safeParse(change).success);
    await fc.assert(
      fc.asyncProperty(
        fc.array(code, { minLength: 1, maxLength: 8 }),
        valid,
        fc.infiniteStream(fc.nat({ max: 20 })),
        async (codes, change, used) => {
          const { batchId, ids } = await makeBatch(scope, codes);
          for (const [index, id] of ids.entries()) {
            const limit = codes[index]?.usageLimit ?? 10;
            const counter = used.next().value ?? 0;
            await redeemed(scope, id, limit === 0 ? counter : Math.min(counter, limit));
          }
          const before = await snapshot(scope);
          const plan = await edit(ofBatch(batchId), change);
          expect(plan.changed + plan.same + plan.refused).toBe(plan.matched);
          if (plan.changed === 0) return;
          const operation = await apply(plan);
          const back = await undo(operation.operationId);
          expect(back).toMatchObject({ changed: plan.changed, refused: 0 });
          expect(await snapshot(scope)).toBe(before);
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);
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
