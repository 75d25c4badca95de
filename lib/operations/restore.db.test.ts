import { afterEach, beforeEach, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { pool } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { planDelete } from "@/lib/operations/delete";
import { inlineLimit } from "@/lib/operations/rules";
import { planUndo } from "@/lib/operations/undo";
import { admitted, countDrift, makeBatch, makeCampaign, makeLargeBatch, snapshot } from "@/lib/testing/builders";
import { workOnce } from "@/lib/testing/work";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
});
afterEach(async () => {
  await pool.query("ALTER TABLE referral DROP COLUMN IF EXISTS rank, DROP COLUMN IF EXISTS note");
});

async function carriedOut({ planId }: { planId: string }): Promise<string> {
  await workOnce("planner");
  const { operationId } = await applyPlan(admitted(scope), { planId });
  await workOnce("worker");
  return operationId;
}
const deleted = async (batchId: string) =>
  carriedOut(await planDelete(admitted(scope), { selection: { by: "batch", batchId }, keepRedeemed: false }));
const undone = async (operationId: string) => carriedOut(await planUndo(admitted(scope), { operationId }));

it.each([
  ["at once", () => makeBatch(scope, [{ attributes: { tier: "gold" } }, { usageLimit: 3 }])],
  ["in the background", async () => ({ batchId: await makeLargeBatch(scope, inlineLimit + 1) })],
])("brings deleted codes back %s after columns came and went", async (_, made) => {
  await pool.query("ALTER TABLE referral ADD COLUMN note text DEFAULT 'kept'");
  const { batchId } = await made();
  const operationId = await deleted(batchId);
  await pool.query("ALTER TABLE referral DROP COLUMN note, ADD COLUMN rank int NOT NULL DEFAULT 7");
  const again = await undone(operationId);
  const { rows } = await pool.query("SELECT DISTINCT rank FROM referral WHERE application_id = $1", [
    scope.applicationId,
  ]);
  expect(rows).toEqual([{ rank: 7 }]);
  expect(await countDrift(scope)).toBe(0);

  const restored = await snapshot(scope);
  await undone(await undone(again));
  expect(await snapshot(scope)).toBe(restored);
});

it("has a default for every later column that needs a value, which is what restored codes get in it", async () => {
  const { rows } = await pool.query<{ column_name: string }>(
    `SELECT column_name FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = 'referral' AND is_nullable = 'NO' AND column_default IS NULL
     ORDER BY column_name`,
  );
  const everRecorded = ["advocate_integration_id", "application_id", "campaign_id", "code", "code_key", "code_search"];
  expect(rows.map((row) => row.column_name)).toEqual([...everRecorded, "origin", "usage_limit"]);
});

it("folds what comes back of a record that is older than the folding", async () => {
  const { batchId, ids } = await makeBatch(scope, [{}, {}]);
  await pool.query(
    "UPDATE referral SET advocate_integration_id = 'Παπαντωνίου', advocate_search = NULL WHERE id = $1",
    [ids[0]],
  );
  await undone(await deleted(batchId));
  const folded = "SELECT advocate_search FROM referral WHERE application_id = $1 ORDER BY id";
  const { rows } = await pool.query(folded, [scope.applicationId]);
  expect(rows).toEqual([{ advocate_search: "παπαντωνιου" }, { advocate_search: null }]);
});
