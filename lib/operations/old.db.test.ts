import { beforeEach, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";
import { planDelete } from "@/lib/operations/delete";
import { planEdit } from "@/lib/operations/edit";
import { getPlan } from "@/lib/operations/plan";
import { editChangesField } from "@/lib/operations/schema";
import { chooseReferrals } from "@/lib/selections/commands";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";
import { sweep, workOnce } from "@/lib/testing/work";

let scope: CampaignIds;
let batchId: string;
beforeEach(async () => {
  scope = await makeCampaign();
  ({ batchId } = await makeBatch(scope, [{}, {}]));
});

const age = (table: string, column: string) =>
  pool.query(`UPDATE ${table} SET ${column} = now() - interval '25 hours' WHERE application_id = $1`, [
    scope.applicationId,
  ]);
const choose = () =>
  chooseReferrals(admitted(scope), { chosen: { by: "filter", filter: { batch: batchId }, all: false } });
const changes = editChangesField.parse({ usageLimit: { do: "set", value: 5 } });
const rows = () => db.selectionRow.count({ where: { applicationId: scope.applicationId } });

it("removes plans that nobody applied for a day with what they hold, and no others", async () => {
  const selection = { by: "batch", batchId } as const;
  const old = await planEdit(admitted(scope), { selection, changes });
  await age("operation", "planned");
  const recent = await planDelete(admitted(scope), { selection, keepRedeemed: false });
  await planEdit(admitted(scope), { selection, changes, replaces: null });
  expect(await getPlan(admitted(scope), old.planId, null)).not.toBeNull();
  await sweep();
  while (await workOnce("worker"));
  expect(await getPlan(admitted(scope), old.planId, null)).toBeNull();
  expect(
    await db.change.count({ where: { applicationId: scope.applicationId, operationId: BigInt(old.planId) } }),
  ).toBe(0);
  expect(await getPlan(admitted(scope), recent.planId, null)).not.toBeNull();
});

it("removes old selections, also where several processes do so at once", async () => {
  await choose();
  await choose();
  await age("selection", "created");
  const { selectionId } = await choose();
  expect(await rows()).toBe(6); // choosing removed nothing
  await Promise.all([sweep(), sweep(), sweep()]);
  expect(await rows()).toBe(2);
  const kept = await db.selection.findMany({ where: { ...scope, removed: null }, select: { id: true } });
  expect(kept.map(({ id }) => String(id))).toEqual([selectionId]);
});

it("stops between two things when the process does", async () => {
  await choose();
  await age("selection", "created");
  await sweep(() => true);
  expect(await rows()).toBe(2);
});
