import { randomUUID } from "node:crypto";
import { person } from "@/lib/access/actor";
import type { CampaignIds } from "@/lib/access/scope";
import { addBudget, removeBudget } from "@/lib/budgets/commands";
import { listBudgets } from "@/lib/budgets/queries";
import { discardImport } from "@/lib/imports/commands";
import { createKey, revokeKey } from "@/lib/keys/commands";
import { listKeys } from "@/lib/keys/queries";
import { inviteMember, removeMember } from "@/lib/members/commands";
import { applyPlan } from "@/lib/operations/apply";
import { planDelete } from "@/lib/operations/delete";
import { planEdit } from "@/lib/operations/edit";
import { editChangesField } from "@/lib/operations/schema";
import { cancelSchedule, scheduleEdit } from "@/lib/schedules/commands";
import { chooseReferrals } from "@/lib/selections/commands";
import { createView, deleteView } from "@/lib/views/commands";
import { admitted, makeBatch, makeCampaign } from "./builders";
import { uploadedSheet } from "./sheets";
import type { Known } from "./values";

/** One thing of each kind that an application has, by what fields and addresses call its id. */
export interface Things extends CampaignIds {
  referralId: string;
  batchId: string;
  operationId: string;
  planId: string;
  importId: string;
  selectionId: string;
  viewId: string;
  keyId: string;
  budgetId: string;
  scheduleId: string;
  personId: string;
}

const root = person({ id: "root", name: "Root", administrator: true, roles: new Map() });

/** Makes an application with one thing of each kind. */
export async function makeThings(): Promise<Things> {
  const ids = await makeCampaign();
  const scope = admitted(ids);
  const { batchId, operationId, ids: codes } = await makeBatch(ids, [{}, { usageLimit: 5 }]);
  const changes = editChangesField.parse({ usageLimit: { do: "set", value: 7 } });
  const plan = () => planEdit(scope, { selection: { by: "batch", batchId }, changes });
  const file = await uploadedSheet(ids, `code,advocateprofileintegrationid\n${randomUUID()},cust_1\n`);
  const { selectionId } = await chooseReferrals(scope, { chosen: { by: "ids", ids: codes } });
  const view = await createView(scope, { name: "Mine", query: "" });
  await createKey(scope, { kind: "management", name: "Theirs", perSecond: 10, expires: null });
  await addBudget(scope, { action: "redeemReferral", limit: 10, entities: [] });
  const [[key], [budget]] = [await listKeys(scope), await listBudgets(scope, new Date())];
  const starts = new Date(Date.now() + 86_400_000);
  const { scheduleId } = await scheduleEdit(scope, { planId: (await plan()).planId, starts, ends: null });
  const invited = await invite(ids);
  return {
    ...{ ...ids, batchId, operationId, scheduleId, importId: file.id, viewId: view.id },
    ...{ referralId: codes[0] ?? "", selectionId: selectionId ?? "", planId: (await plan()).planId },
    ...{ keyId: key?.id ?? "", budgetId: budget?.id ?? "", personId: invited.personId },
  };
}

const invite = (ids: CampaignIds) =>
  inviteMember(admitted(ids, root), { name: "Ada", email: `${randomUUID()}@example.com`, role: "admin" });

/** Makes an application whose things are gone again: deleted, discarded, revoked, removed, cancelled or carried out. */
export async function makeGone(): Promise<Things> {
  const things = await makeThings();
  const { batchId, viewId, keyId, budgetId, scheduleId, importId, personId, ...ids } = things;
  const scope = admitted({ applicationId: ids.applicationId, campaignId: ids.campaignId });
  const plan = await planDelete(scope, { selection: { by: "batch", batchId }, keepRedeemed: false });
  await applyPlan(scope, plan);
  await deleteView(scope, { viewId });
  await revokeKey(scope, { keyId });
  await removeBudget(scope, { budgetId });
  await cancelSchedule(scope, { scheduleId });
  await discardImport(scope, { importId });
  await invite(ids); // an application keeps an admin
  await removeMember(scope, { personId });
  return { ...things, planId: plan.planId };
}

/** Which kind of thing a field names that is not called after it. */
export const alsoNamed: Record<string, keyof Things> = {
  replaces: "planId",
  listId: "importId",
  ids: "referralId",
  with: "referralId",
  without: "referralId",
};

/** Values that mean something in an application, by the names of fields. */
export function knownOf(things: Things): Known {
  const ids = Object.entries({ ...things }).map(([name, id]) => [name, [id]]);
  const others = Object.entries(alsoNamed).map(([name, kind]) => [name, [things[kind]]]);
  return {
    ...Object.fromEntries([...ids, ...others]),
    ...{ requestKey: [randomUUID()], timeZone: ["Europe/Berlin", "UTC"], count: [1, 3], perSecond: [10] },
    starts: [new Date(Date.now() + 86_400_000).toISOString()],
    ...{ code: ["OWN-CODE-1"], advocate: ["cust_1"], friend: [null, "cust_2"], version: [1] },
    ...{ pattern: ["####-####"], codePattern: ["####-####"], characters: ["ABCDEF234"], codeCharacters: ["ABCDEF234"] },
    ...{ linkPattern: ["https://shop.example/?ref={code}"], shareText: [""], permissions: [["referrals.read"]] },
    ...{
      email: ["somebody@example.com"],
      attributes: [{}],
      query: ["status=active"],
      startTime: [null],
      endTime: [null],
    },
    ...{ validFrom: [null], validUntil: [null], expires: [null], openedAt: [null], ends: [null], suggestions: [[]] },
  };
}
