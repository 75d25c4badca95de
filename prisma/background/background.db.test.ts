import { once } from "node:events";
import { afterEach, expect, it } from "vitest";
import { pool } from "@/lib/db";
import { makeCampaign, makeLargeBatch } from "@/lib/testing/builders";
import { until } from "@/lib/testing/program";
import { workOnce } from "@/lib/testing/work";
import { killWorkerProcesses, startWorkerProcess } from "@/lib/testing/worker-processes";
import { migrations } from "../history";
import { backgroundSteps } from "./steps";

const size = 30_000;

afterEach(killWorkerProcesses);

async function unfolded(): Promise<number> {
  const { rows } = await pool.query("SELECT count(*)::int AS n FROM referral WHERE advocate_search IS NULL");
  return rows[0].n;
}

it("has a step for each long migration that a migration names", () => {
  const named = migrations().flatMap(({ sql }) =>
    [...sql.matchAll(/INSERT INTO "background_migration" \("name"\) VALUES \('(\w+)'\)/g)].map(([, name]) => name),
  );
  expect(named.sort()).toEqual(Object.keys(backgroundSteps));
});

it("gives a table with codes the indexes that an empty one begins with", async () => {
  while (await workOnce("worker"));
  const indexes = async () =>
    (await pool.query("SELECT indexdef FROM pg_indexes WHERE tablename IN ('referral', 'change') ORDER BY 1")).rows.map(
      ({ indexdef }) => indexdef,
    );
  const begunWith = await indexes();
  await makeLargeBatch(await makeCampaign(), 1000);
  await pool.query(`
    DROP INDEX referral_created_idx, referral_batch_idx, referral_unbatched_idx, referral_advocate_hash_idx;
    CREATE INDEX referral_list_idx ON referral (application_id, campaign_id, created DESC, id DESC, code_search);
    CREATE INDEX referral_application_id_batch_id_created_id_idx ON referral (application_id, batch_id, created DESC, id DESC);
    CREATE INDEX referral_advocate_idx ON referral (application_id, hashtextextended(advocate_integration_id, 0), created DESC, id DESC);
    DROP INDEX change_referral_idx;
    CREATE INDEX change_application_id_referral_id_operation_id_idx ON change (application_id, referral_id, operation_id DESC);
    INSERT INTO background_migration (name) VALUES ('20261128171000_narrower_indexes'), ('20261128191000_narrow_records')`);
  expect(await indexes()).not.toEqual(begunWith);
  while (await workOnce("worker"));
  expect(await indexes()).toEqual(begunWith);
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
