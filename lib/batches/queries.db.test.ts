import { expect, it } from "vitest";
import { countBatch, getBatch } from "@/lib/batches/queries";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";

it("tells who made a batch and what has become of its codes", async () => {
  const scope = await makeCampaign();
  const { batchId, operationId } = await makeBatch(scope, [
    { usageLimit: 0, usageCounter: 3 },
    { usageLimit: 2, usageCounter: 2 },
    { validFrom: "2999-01-01T00:00:00Z" },
    { validUntil: "2001-01-01T00:00:00Z", usageLimit: 1, usageCounter: 1 },
  ]);
  const batch = await getBatch(admitted(scope), batchId);
  expect(batch).toMatchObject({ batchId, referralCount: 4, operation: { id: operationId, kind: "create", made: 4 } });
  expect(await countBatch(admitted(scope), batchId, new Date())).toEqual({
    redemptions: 6,
    active: 1,
    scheduled: 1,
    usedUp: 1,
    expired: 1,
  });
});

it("knows no batch of another campaign, and none by a text that is no Batch ID", async () => {
  const { batchId } = await makeBatch(await makeCampaign(), [{}]);
  const other = await makeCampaign();
  for (const id of [batchId, "aaaaaaaa", "", "AAAAAAAA", "aaaaaaaaa", "aaaaaaa\u0000", "' OR 1=1"]) {
    expect(await getBatch(admitted(other), id)).toBeNull();
  }
});
