import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { bulkTransaction, db } from "@/lib/db";
import { applyPart } from "@/lib/operations/apply";
import { planDelete } from "@/lib/operations/delete";
import { readLog } from "@/lib/operations/log";
import { latestOperations, listHistory } from "@/lib/operations/queries";
import { allOperations } from "@/lib/operations/search-params";
import { admitted, makeBatch, makeCampaign, redeemed, snapshot } from "@/lib/testing/builders";
import { editing, ofBatch, set } from "@/lib/testing/edits";
import { refusal } from "@/lib/testing/refusal";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
});

const { edit, apply } = editing(() => scope);

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

  it("minds attributes that leave no room for the planned ones, and leaves such codes where it is done a part at a time", async () => {
    const { batchId, ids } = await makeBatch(scope, [{ code: "AAAA" }, { code: "BBBB" }]);
    const values = ["a", "b", "c", "d", "e", "f"].map((letter) => letter.repeat(10_000));
    const note = { applicationId: scope.applicationId, name: "note", title: "Note", type: "string" };
    await db.attributeDefinition.create({ data: note });
    const plan = await edit(ofBatch(batchId), { attributes: { note: set("x".repeat(5_000)) } });
    await apply(await edit({ by: "ids", ids: [ids[0] ?? ""] }, { attributes: { tags: set(values) } }));
    const before = await snapshot(scope);
    const error = await refusal(apply(plan));
    expect(error.code).toBe("stale");
    expect(error.more.details).toEqual({
      total: 1,
      rows: [{ code: "AAAA", field: "attributes", planned: null, now: 60_034 }],
    });
    expect(await snapshot(scope)).toBe(before);
    const part = {
      id: BigInt(plan.planId),
      effect: "edit",
      undoes_id: null,
      input: null,
      from: 0n,
      to: BigInt(ids[1] ?? ""),
    } as const;
    expect(await bulkTransaction((tx) => applyPart(tx, scope, part))).toBe(1);
    const change = await db.change.findFirstOrThrow({ where: { operationId: part.id, code: "AAAA" } });
    expect(change.refusal).toBe("attributes_too_large");
    expect(
      await db.referral.count({ where: { ...scope, attributes: { path: ["note"], string_starts_with: "x" } } }),
    ).toBe(1);
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
