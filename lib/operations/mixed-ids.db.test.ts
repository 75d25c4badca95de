import { beforeEach, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { applyPlan } from "@/lib/operations/apply";
import { deleteAtOnce, editAtOnce } from "@/lib/operations/at-once";
import { planDelete } from "@/lib/operations/delete";
import { planEdit } from "@/lib/operations/edit";
import { editChangesField, type Selection } from "@/lib/operations/schema";
import { chooseReferrals } from "@/lib/selections/commands";
import { auditOf } from "@/lib/testing/audit";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";
import { dumpOf } from "@/lib/testing/dump";
import { set } from "@/lib/testing/edits";

// A change of many codes by ids, of which some are another application's: it is of one's own alone, and says of how many (Z3).
let scope: CampaignIds;
let theirs: CampaignIds;
let before: string[];
let mixed: Selection & { by: "ids" };
beforeEach(async () => {
  scope = await makeCampaign();
  theirs = await makeCampaign();
  const own = await makeBatch(scope, [{}, {}, {}]);
  const foreign = await makeBatch(theirs, [{}, {}]);
  mixed = { by: "ids", ids: [foreign.ids[0] ?? "", ...own.ids, foreign.ids[1] ?? ""] };
  before = await dumpOf(theirs.applicationId);
});

const changes = editChangesField.parse({ usageLimit: set(77) });
const place = () => admitted(scope);
/** What a selection of the ticked rows is, which is kept. */
async function kept(): Promise<Selection> {
  const { selectionId, found } = await chooseReferrals(place(), { chosen: mixed });
  expect(found).toBe(3);
  return { by: "selection", selectionId: selectionId ?? "" };
}

it.each<[name: string, change: () => Promise<{ changed: number } | null>]>([
  ["an edit at once", () => editAtOnce(place(), { selection: mixed, changes })],
  ["a deletion at once", () => deleteAtOnce(place(), { selection: mixed })],
  ["a planned edit", async () => applyPlan(place(), await planEdit(place(), { selection: mixed, changes }))],
  [
    "an edit of a selection",
    async () => applyPlan(place(), await planEdit(place(), { selection: await kept(), changes })),
  ],
  [
    "a planned deletion",
    async () => applyPlan(place(), await planDelete(place(), { selection: mixed, keepRedeemed: false })),
  ],
])("%s changes one's own three of five codes, and says three", async (_, change) => {
  expect(await change()).toMatchObject({ changed: 3, refused: 0 });
  expect(await dumpOf(theirs.applicationId)).toEqual(before);
  expect(await auditOf(process.env.DATABASE_URL ?? "")).toEqual([]);
});

it("a plan tells of one's own alone", async () => {
  const plan = await planEdit(place(), { selection: mixed, changes });
  expect(plan).toMatchObject({ matched: 3, changed: 3, refused: 0, same: 0 });
  expect(plan.summary.samples.map(({ referralId }) => referralId).toSorted()).toEqual(mixed.ids.slice(1, 4).toSorted());
});
