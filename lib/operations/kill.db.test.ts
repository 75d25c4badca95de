import type { ChildProcess } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { pool } from "@/lib/db";
import { planChanges } from "@/lib/imports/changes";
import { applyPlan } from "@/lib/operations/apply";
import { planEdit } from "@/lib/operations/edit";
import { getPlan } from "@/lib/operations/plan";
import { listProgress } from "@/lib/operations/queries";
import { editChangesField } from "@/lib/operations/schema";
import { auditOf } from "@/lib/testing/audit";
import { admitted, countDrift, makeCampaign, makeLargeBatch } from "@/lib/testing/builders";
import { sheetOf, uploadedSheet } from "@/lib/testing/sheets";
import { killWorkerProcesses, startWorkerProcess } from "@/lib/testing/worker-processes";

afterEach(killWorkerProcesses);

async function killProcess(worker: ChildProcess): Promise<void> {
  const gone = once(worker, "exit");
  worker.kill("SIGKILL");
  await gone;
}

/** The lease of a killed worker runs out at once; a successor that waits for it finds the same. */
async function expireLease(): Promise<void> {
  await pool.query("UPDATE operation SET lease_until = now() WHERE lease_until > now()");
}

async function until(over: () => Promise<boolean>): Promise<void> {
  while (!(await over())) await pause(100);
}

/** Kills workers at any moment while there is work; says how often. */
async function harass(times: number, over: () => Promise<boolean>): Promise<number> {
  let killed = 0;
  while (killed < times && !(await over())) {
    const worker = await startWorkerProcess();
    await pause(randomInt(20, 900));
    await killProcess(worker);
    await expireLease();
    killed += 1;
  }
  const last = await startWorkerProcess();
  await until(over);
  await killProcess(last);
  return killed;
}

async function limits(scope: CampaignIds): Promise<[number, string][]> {
  const { rows } = await pool.query<{ usage_limit: number; n: string }>(
    "SELECT usage_limit, count(*) AS n FROM referral WHERE application_id = $1 GROUP BY 1 ORDER BY 1",
    [scope.applicationId],
  );
  return rows.map((row) => [row.usage_limit, row.n]);
}

// Raising by a number shows every row that would be done twice or not at all.
const changes = editChangesField.parse({ usageLimit: { do: "raise", by: 7 } });

async function progressOf(scope: CampaignIds, operationId: string) {
  return (await listProgress(admitted(scope), { operationId }))[0];
}

it("is taken over by another process when the one that works on it is killed", { timeout: 120_000 }, async () => {
  const scope = await makeCampaign();
  const batchId = await makeLargeBatch(scope, 60_000);
  const first = await startWorkerProcess();
  const { planId } = await planEdit(admitted(scope), { selection: { by: "batch", batchId }, changes });
  await until(async () => (await getPlan(admitted(scope), planId, null))?.underway === null);
  await applyPlan(admitted(scope), { planId });
  await until(async () => ((await progressOf(scope, planId))?.done ?? 0) > 0);
  const second = await startWorkerProcess();
  await killProcess(first);
  await until(async () => (await progressOf(scope, planId))?.finished === true);
  await killProcess(second);
  expect(await limits(scope)).toEqual([[17, "60000"]]);
});

/** The same of all codes of a campaign by a file that was exported for it. */
async function planByFile(scope: CampaignIds) {
  const sheet = await sheetOf(scope);
  for (const row of sheet) row["Redemption limit"] = "17";
  const { id: importId } = await uploadedSheet(scope, sheet);
  return planChanges(admitted(scope), { importId, conflicts: "skip", onlyGood: false, replaces: null });
}

it.each([
  [
    "by a form",
    200_000,
    (scope: CampaignIds, batchId: string) =>
      planEdit(admitted(scope), { selection: { by: "batch", batchId }, changes }),
  ],
  ["by a file", 60_000, planByFile],
] as const)(
  "%s ends exact, whenever the process that works on it is killed",
  { timeout: 600_000 },
  async (_, size, ask) => {
    const scope = await makeCampaign();
    const batchId = await makeLargeBatch(scope, size);
    const { planId } = await ask(scope, batchId);
    const kills = size / 10_000;
    const plan = async () => getPlan(admitted(scope), planId, null);
    const whilePlanning = await harass(kills / 4, async () => (await plan())?.underway === null);
    expect(await plan()).toMatchObject({ matched: size, changed: size, same: 0, refused: 0 });

    await applyPlan(admitted(scope), { planId });
    const progress = () => progressOf(scope, planId);
    const whileApplying = await harass(kills - whilePlanning, async () => (await progress())?.finished === true);
    expect(whilePlanning + whileApplying).toBeGreaterThanOrEqual(kills);
    expect(await progress()).toMatchObject({ done: size, total: size, changed: size, refused: 0 });
    expect(await limits(scope)).toEqual([[17, String(size)]]);
    expect(await countDrift(scope)).toBe(0);
    expect(await auditOf(process.env.DATABASE_URL ?? "")).toEqual([]);
  },
);
