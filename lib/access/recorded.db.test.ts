import { beforeEach, expect, test } from "vitest";
import type { Actor } from "@/lib/access/actor";
import type { Permission } from "@/lib/access/permissions";
import { admit, type CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { stageImport } from "@/lib/imports/staging";
import { applyPlan } from "@/lib/operations/apply";
import { cancelOperation, planRetry } from "@/lib/operations/control";
import { planDelete } from "@/lib/operations/delete";
import { planEdit } from "@/lib/operations/edit";
import { getPlan } from "@/lib/operations/plan";
import { latestOperations } from "@/lib/operations/queries";
import { editChangesField } from "@/lib/operations/schema";
import { chooseReferrals } from "@/lib/selections/commands";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";

let ids: CampaignIds;
let batch: { batchId: string; operationId: string; ids: string[] };
beforeEach(async () => {
  ids = await makeCampaign();
  batch = await makeBatch(ids, [{}, {}]);
});

const key = (...permissions: Permission[]): Actor => ({
  ...{ kind: "key", id: "k1", name: "Shop key" },
  permissions: new Set(permissions),
});
const editor = key("referrals.edit", "operations.run");
const selection = () => ({ by: "batch", batchId: batch.batchId }) as const;
const changes = editChangesField.parse({ usageLimit: { do: "set", value: 7 } });

test("whoever plans, applies, uploads and chooses is recorded by kind, id and name", async () => {
  const actor = key("referrals.edit", "operations.run", "referrals.import");
  const { planId } = await planEdit(admit(actor, ids, "referrals.edit"), { selection: selection(), changes });
  await applyPlan(admit(actor, ids, "operations.run"), { planId });
  const body = (async function* () {
    yield Buffer.from("code,advocateprofileintegrationid\nMINE-1,ann\n");
  })();
  await stageImport(admit(actor, ids, "referrals.import"), { name: "a.csv", body });
  await chooseReferrals(admit(actor, ids, "referrals.read"), { chosen: { by: "ids", ids: batch.ids } });
  const by = { actorKind: "key", actorId: "k1", actorName: "Shop key" };
  expect(await db.operation.findFirst({ where: { ...ids, id: BigInt(planId) } })).toMatchObject(by);
  expect(await db.import.findFirst({ where: ids })).toMatchObject(by);
  expect(await db.selection.findFirst({ where: ids })).toMatchObject(by);
  const rows = await latestOperations(admitted(ids), 5);
  expect(rows.map((row) => row.actor)).toEqual(["Shop key", "Tester"]);
});

test("an operation is by who applied its plan; a plan is seen by who made it, also where ids are alike", async () => {
  const { planId } = await planEdit(admitted(ids), { selection: selection(), changes });
  const namesake: Actor = { ...editor, id: "tester" };
  expect(await getPlan(admitted(ids), planId, null)).not.toBeNull();
  expect(await getPlan(admit(namesake, ids, "referrals.read"), planId, null)).toBeNull();
  await applyPlan(admit(namesake, ids, "operations.run"), { planId });
  const rows = await latestOperations(admitted(ids), 1);
  expect(rows).toMatchObject([{ id: planId, actor: "Shop key" }]);
});

test("to apply, stop or repeat an operation is not to do what one may not do", async () => {
  const running = admit(editor, ids, "operations.run");
  const deletion = await planDelete(admitted(ids), { selection: selection(), keepRedeemed: false });
  const refused = { code: "forbidden", message: expect.stringContaining("may not delete codes") };
  await expect(applyPlan(running, { planId: deletion.planId })).rejects.toMatchObject(refused);
  expect(await db.referral.count({ where: ids })).toBe(2);
  await db.change.updateMany({
    where: { applicationId: ids.applicationId, operationId: BigInt(deletion.planId) },
    data: { refusal: "cancelled" },
  });
  await db.operation.updateMany({
    where: { id: BigInt(deletion.planId) },
    data: { state: "applied", applied: new Date() },
  });
  await expect(planRetry(running, { operationId: deletion.planId })).rejects.toMatchObject(refused);
  await expect(cancelOperation(running, { operationId: deletion.planId })).rejects.toMatchObject(refused);
  await expect(cancelOperation(running, { operationId: batch.operationId })).rejects.toThrow("may not make codes");
});
