import { once } from "node:events";
import { afterEach, expect, it } from "vitest";
import { pool } from "@/lib/db";
import { makeCampaign, makeLargeBatch } from "@/lib/testing/builders";
import { until } from "@/lib/testing/program";
import { workOnce } from "@/lib/testing/work";
import { killWorkerProcesses, startWorkerProcess } from "@/lib/testing/worker-processes";
import { backgroundSteps } from "./steps";

const size = 30_000;

afterEach(killWorkerProcesses);

async function unfolded(): Promise<number> {
  const { rows } = await pool.query("SELECT count(*)::int AS n FROM referral WHERE advocate_search IS NULL");
  return rows[0].n;
}

it("has a step for each long migration that a migration names", async () => {
  const { rows } = await pool.query("SELECT name FROM background_migration ORDER BY 1");
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(backgroundSteps));
});

it("folds what older versions stored; killed half way, another process goes on", { timeout: 120_000 }, async () => {
  while (await workOnce("worker"));
  const scope = await makeCampaign();
  await makeLargeBatch(scope, size);
  await pool.query("UPDATE referral SET advocate_integration_id = 'Παπαντωνίου ' || id, advocate_search = NULL");
  await pool.query("UPDATE background_migration SET finished = NULL");
  const first = await startWorkerProcess();
  await until(async () => (await unfolded()) < size);
  first.kill("SIGKILL");
  await once(first, "exit");
  expect(await unfolded()).toBeGreaterThan(0);
  await pool.query("UPDATE background_migration SET lease_until = now() WHERE lease_until > now()");
  await startWorkerProcess();
  await until(async () => (await unfolded()) === 0);
  const { rows } = await pool.query("SELECT DISTINCT left(advocate_search, 11) AS folded FROM referral");
  expect(rows).toEqual([{ folded: "παπαντωνιου" }]);
  await until(async () => (await pool.query("SELECT FROM background_migration WHERE finished IS NULL")).rowCount === 0);
});
