import { expect } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { pool } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { rowsAtOnce } from "@/lib/operations/background";
import { planEdit } from "@/lib/operations/edit";
import { getPlan } from "@/lib/operations/plan";
import type { Plan } from "@/lib/operations/rules";
import { editChangesField, type Selection } from "@/lib/operations/schema";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";
import { workOnce } from "@/lib/testing/work";

/** How many codes are in the batch: a multiple of nine, of which eight ninths are more than is done at once. */
export const size = 2 * rowsAtOnce + 2509;
/** How many transactions they take. */
export const parts = Math.ceil(size / rowsAtOnce);

/** The campaign of the test that runs. */
export let scope: CampaignIds;
/** Its batch. */
export let selection: Selection;
/** The ids of its codes. */
export let ids: string[];
/** Makes a campaign with a batch that takes three transactions, where no other operation waits. */
export async function makeLarge(): Promise<void> {
  await pool.query(
    "UPDATE operation SET lease_until = now() + interval '1 day' WHERE state IN ('planning', 'running', 'dropped')",
  );
  scope = await makeCampaign();
  const codes = Array.from({ length: size }, (_, index) => ({ usageLimit: index % 9 === 0 ? 3 : (index % 2) + 1 }));
  const batch = await makeBatch(scope, codes);
  selection = { by: "batch", batchId: batch.batchId };
  ids = batch.ids;
}

/** Does a piece of work. */
export const work = (owner = "worker") => workOnce(owner);

/** Works until `transactions` of them are committed. */
export async function workFor(transactions: number): Promise<void> {
  let left = transactions;
  await workOnce("brief", () => left-- === 0);
}

/** A plan once it is made. */
export async function planned(plan: Plan): Promise<Plan> {
  expect(plan.underway).toMatchObject({ done: 0 });
  expect(await getPlan(admitted(scope), plan.planId, null)).toMatchObject({ underway: { done: 0 } });
  expect(await work()).toBe(true);
  const made = await getPlan(admitted(scope), plan.planId, null);
  expect(made?.underway).toBeNull();
  return made as Plan;
}

/** The instruction for a redemption limit. */
export const limitOf = (value: number) => editChangesField.parse({ usageLimit: { do: "set", value } });
/** Plans a redemption limit for the batch. */
export const planLimit = async (value: number) =>
  planned(await planEdit(admitted(scope), { selection, changes: limitOf(value) }));

/** Applies a plan that runs in the background; gives the operation. */
export async function started(plan: Plan): Promise<string> {
  const operation = await applyPlan(admitted(scope), { planId: plan.planId });
  expect(operation.running).toBe(true);
  return operation.operationId;
}

/** How many codes have which limit. */
export async function limits(): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ usage_limit: number; n: string }>(
    "SELECT usage_limit, count(*) AS n FROM referral WHERE application_id = $1 GROUP BY 1",
    [scope.applicationId],
  );
  return Object.fromEntries(rows.map((row) => [row.usage_limit, Number(row.n)]));
}
