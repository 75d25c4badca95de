import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { planDelete } from "@/lib/operations/delete";
import { getOperation, listChanges } from "@/lib/operations/queries";
import { editChangesField } from "@/lib/operations/schema";
import { planUndo } from "@/lib/operations/undo";
import { admitted, countDrift, makeBatch, makeCampaign, redeemed, snapshot } from "@/lib/testing/builders";
import { editing, ofBatch, set } from "@/lib/testing/edits";
import { refusal } from "@/lib/testing/refusal";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
});

const { edit, apply, undo } = editing(() => scope);

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
