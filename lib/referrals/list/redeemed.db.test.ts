import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { planDelete } from "@/lib/operations/delete";
import { planEdit } from "@/lib/operations/edit";
import { editChangesField } from "@/lib/operations/schema";
import { planUndo } from "@/lib/operations/undo";
import { admitted, makeBatch, makeCampaign, redeemed } from "@/lib/testing/builders";

let scope: CampaignIds;
let made: Awaited<ReturnType<typeof makeBatch>>;

beforeEach(async () => {
  scope = await makeCampaign();
  made = await makeBatch(
    scope,
    [0, 1, 2, 3, 4].map((usageCounter) => ({ usageCounter, usageLimit: usageCounter === 4 ? 0 : 3 })),
  );
});

/** What the narrow table holds of the campaign, in the order of ids. */
async function kept() {
  const { rows } = await pool.query<{ id: string; n: number; full: boolean }>(
    `SELECT id::text, usage_counter AS n, used_up AS full FROM redeemed
     WHERE application_id = $1 AND campaign_id = $2 ORDER BY redeemed.id`,
    [scope.applicationId, scope.campaignId],
  );
  return rows.map(({ id, n, full }) => [made.ids.indexOf(id), n, full]);
}

const first = [
  [1, 1, false],
  [2, 2, false],
  [3, 3, true],
  [4, 4, false],
];

describe("the table of redeemed codes", () => {
  it("follows their counters up and down, and knows which are used up", async () => {
    expect(await kept()).toEqual(first);
    await redeemed(scope, made.ids[2] ?? "", 3);
    await redeemed(scope, made.ids[3] ?? "", 2);
    await redeemed(scope, made.ids[1] ?? "", 0);
    await redeemed(scope, made.ids[0] ?? "", 1);
    expect(await kept()).toEqual([
      [0, 1, false],
      [2, 3, true],
      [3, 2, false],
      [4, 4, false],
    ]);
  });

  it("follows their limits", async () => {
    const changes = editChangesField.parse({ usageLimit: { do: "set", value: 4 } });
    const plan = await planEdit(admitted(scope), { selection: { by: "batch", batchId: made.batchId }, changes });
    await applyPlan(admitted(scope), { planId: plan.planId });
    expect(await kept()).toEqual(first.map(([at, n]) => [at, n, n === 4]));
  });

  it("knows which are nearly used up, by their counters and by their limits", async () => {
    const nearly = async () =>
      (await db.redeemed.findMany({ where: { ...scope, nearlyUsedUp: true }, orderBy: { id: "asc" } })).map(({ id }) =>
        made.ids.indexOf(String(id)),
      );
    expect(await nearly()).toEqual([2]); // two of three
    await redeemed(scope, made.ids[1] ?? "", 2);
    expect(await nearly()).toEqual([1, 2]);
    const changes = editChangesField.parse({ usageLimit: { do: "set", value: 5 } });
    const plan = await planEdit(admitted(scope), { selection: { by: "batch", batchId: made.batchId }, changes });
    await applyPlan(admitted(scope), { planId: plan.planId });
    expect(await nearly()).toEqual([4]); // four of five
    await redeemed(scope, made.ids[4] ?? "", 5);
    expect(await nearly()).toEqual([]);
  });

  it("loses deleted codes, and has them again when that is undone", async () => {
    const selection = { by: "batch", batchId: made.batchId } as const;
    const plan = await planDelete(admitted(scope), { selection, keepRedeemed: false });
    await applyPlan(admitted(scope), { planId: plan.planId });
    expect(await kept()).toEqual([]);
    const back = await planUndo(admitted(scope), { operationId: plan.planId });
    await applyPlan(admitted(scope), { planId: back.planId });
    expect(await kept()).toEqual(first);
  });

  it("spares the codes' own indexes: none holds what a redemption writes", async () => {
    const { rows } = await pool.query<{ index: string }>(
      "SELECT pg_get_indexdef(indexrelid) AS index FROM pg_index WHERE indrelid = 'referral'::regclass",
    );
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ index }) => index.includes("usage_counter"))).toEqual([]);
  });
});
