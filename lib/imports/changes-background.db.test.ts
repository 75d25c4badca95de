import { beforeEach, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";
import { listConflicts, planChanges } from "@/lib/imports/changes";
import { discardImport } from "@/lib/imports/commands";
import { getImport, type ImportDetail } from "@/lib/imports/queries";
import { applyPlan } from "@/lib/operations/apply";
import { rowsAtOnce } from "@/lib/operations/background";
import { cancelOperation, planRetry } from "@/lib/operations/control";
import { planEdit } from "@/lib/operations/edit";
import { getPlan } from "@/lib/operations/plan";
import { getOperation } from "@/lib/operations/queries";
import type { Plan } from "@/lib/operations/rules";
import { editChangesField } from "@/lib/operations/schema";
import { planUndo } from "@/lib/operations/undo";
import { admitted, makeCampaign, makeLargeBatch, snapshot } from "@/lib/testing/builders";
import { sheetOf, uploadedSheet } from "@/lib/testing/sheets";
import { workOnce } from "@/lib/testing/work";

const size = 2 * rowsAtOnce + 3000;

let scope: CampaignIds;
let file: ImportDetail;
beforeEach(async () => {
  await pool.query(
    "UPDATE operation SET lease_until = now() + interval '1 day' WHERE state IN ('planning', 'running', 'dropped')",
  );
  scope = await makeCampaign();
  await makeLargeBatch(scope, size);
  const sheet = await sheetOf(scope);
  for (const [index, row] of sheet.entries()) row["Redemption limit"] = String(11 + (index % 3));
  file = await uploadedSheet(scope, sheet);
});

const ask = (replaces: string | null = null) =>
  planChanges(admitted(scope), { importId: file.id, conflicts: "skip", onlyGood: false, replaces });

/** Works until `transactions` of them are committed. */
async function workFor(transactions: number): Promise<void> {
  let left = transactions;
  await workOnce("brief", () => left-- === 0);
}

async function planned({ planId }: Plan): Promise<Plan | null> {
  while (await workOnce("worker"));
  return getPlan(admitted(scope), planId, null);
}

async function limits(): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ usage_limit: number; n: string }>(
    "SELECT usage_limit, count(*) AS n FROM referral WHERE application_id = $1 GROUP BY 1",
    [scope.applicationId],
  );
  return Object.fromEntries(rows.map((row) => [row.usage_limit, Number(row.n)]));
}

it("a large file is planned and applied in the background; what is cancelled of it can be tried again, all of it undone", async () => {
  const before = await snapshot(scope);
  const [changedByOther] = await db.referral.findMany({ where: scope, orderBy: { id: "asc" }, take: 1 });
  const one = await planEdit(admitted(scope), {
    selection: { by: "ids", ids: [String(changedByOther?.id)] },
    changes: editChangesField.parse({ usageLimit: { do: "set", value: 99 } }),
  });
  await applyPlan(admitted(scope), { planId: one.planId });
  expect((await listConflicts(admitted(scope), file)).cells).toBe(1);
  const asked = await ask();
  expect(asked.underway).toMatchObject({ done: 0, total: size });
  await workFor(1);
  const plan = await planned(asked);
  expect(plan).toMatchObject({ underway: null, matched: size, changed: size - 1, refused: 1 });
  expect(plan?.summary.kept).toMatchObject([{ field: "usageLimit", count: 1 }]);

  const { operationId, running } = await applyPlan(admitted(scope), { planId: asked.planId });
  expect(running).toBe(true);
  expect(await db.importRow.count({ where: { importId: BigInt(file.id) } })).toBe(0);
  await workFor(1);
  await cancelOperation(admitted(scope), { operationId });
  while (await workOnce("worker"));
  expect(await limits()).toMatchObject({ 10: size - rowsAtOnce - 1, 99: 1 });
  expect((await getImport(admitted(scope), file.id))?.committed).toMatchObject({ codes: rowsAtOnce, running: false });

  const again = await planned(await planRetry(admitted(scope), { operationId }));
  expect(again).toMatchObject({ changed: size - rowsAtOnce, refused: 0 });
  await applyPlan(admitted(scope), { planId: again?.planId ?? "" });
  while (await workOnce("worker"));
  const [eleven, twelve, thirteen] = [0, 1, 2].map((place) => Math.ceil((size - place) / 3));
  expect(await limits()).toEqual({ 11: eleven, 12: twelve, 13: thirteen });
  expect(await getOperation(admitted(scope), operationId)).toMatchObject({ leftForRetry: false });

  for (const undone of [again?.planId ?? "", operationId, one.planId]) {
    const undo = await planned(await planUndo(admitted(scope), { operationId: undone }));
    await applyPlan(admitted(scope), { planId: undo?.planId ?? "" });
    while (await workOnce("worker"));
  }
  expect(await snapshot(scope)).toBe(before);
});

it.each<[string, () => Promise<unknown>]>([
  ["discarded", () => discardImport(admitted(scope), { importId: file.id })],
  ["lost in a crash of the database", () => pool.query("DELETE FROM import_row WHERE import_id = $1", [file.id])],
])("a plan that is being made of a file goes when that is %s, and is not made of the half", async (_, lose) => {
  const asked = await ask();
  await workFor(1);
  await lose();
  expect(await planned(asked)).toBeNull();
  expect(await db.operation.count({ where: { id: BigInt(asked.planId) } })).toBe(0);
});
