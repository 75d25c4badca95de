import { afterEach, beforeEach, expect, it } from "vitest";
import { pool, takeConnection } from "@/lib/db";
import { until } from "@/lib/testing/program";
import { indexStep, type MigrationStep, migrationQueue } from "@/lib/worker/migrations";
import { workOnce } from "@/lib/worker/worker";

beforeEach(async () => {
  await pool.query("DELETE FROM background_migration");
  await pool.query("CREATE TABLE probe (id int PRIMARY KEY)");
  await pool.query("INSERT INTO probe SELECT generate_series(1, 10)");
});
afterEach(() => pool.query("DROP TABLE probe"));

const listed = (...names: string[]) =>
  pool.query("INSERT INTO background_migration (name) SELECT unnest($1::text[])", [names]);
const work = (steps: Record<string, MigrationStep>, owner = "worker") =>
  workOnce({ queues: [migrationQueue(steps)], sweeps: [] }, owner);
async function states() {
  const { rows } = await pool.query(
    "SELECT name, started IS NOT NULL AS started, finished IS NOT NULL AS finished, problem FROM background_migration ORDER BY 1",
  );
  return rows;
}

it("does the oldest first, a step at a time, and each once", async () => {
  await listed("2_second", "1_first");
  const done: string[] = [];
  const steps = {
    "1_first": async () => done.push("first") === 2,
    "2_second": async () => done.push("second") > 0,
  };
  expect(await work(steps)).toBe(true);
  expect(await states()).toMatchObject([{ started: true, finished: false }, { started: false }]);
  while (await work(steps));
  expect(done).toEqual(["first", "first", "second"]);
  expect(await states()).toMatchObject([{ finished: true }, { finished: true }]);
});

it("leaves what it does not know to a later version, and what comes after it too", async () => {
  await listed("1_unknown", "2_known");
  expect(await work({ "2_known": async () => true })).toBe(false);
  expect(await states()).toMatchObject([{ started: false }, { started: false }]);
});

it("says what went wrong, keeps nothing of that step, and tries again later", async () => {
  await listed("1_probe");
  const broken: MigrationStep = async (tx) => {
    await tx.$executeRaw`DELETE FROM probe`;
    throw new Error("broken");
  };
  await work({ "1_probe": broken });
  expect(await states()).toMatchObject([{ started: false, problem: expect.stringContaining("try_failed") }]);
  expect(await work({ "1_probe": broken })).toBe(false); // it waits before the next try
  await pool.query("UPDATE background_migration SET lease_until = NULL");
  await work({ "1_probe": async (tx) => (await tx.$executeRaw`DELETE FROM probe`) === 10 });
  expect(await states()).toMatchObject([{ finished: true, problem: null }]);
});

const isValid = async () =>
  (await pool.query("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('probe_idx')")).rows[0]?.indisvalid;
const builders = async (): Promise<number[]> =>
  (
    await pool.query(
      "SELECT pid FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONCURRENTLY probe_idx%' AND wait_event_type = 'Lock'",
    )
  ).rows.map(({ pid }) => pid);

it("builds an index while others write; one process does it, and one that was cut off is built anew", async () => {
  await listed("1_index");
  const steps = { "1_index": indexStep("probe_idx", "ON probe (id)") };
  const { client: writer, giveBack } = await takeConnection();
  await writer.query("BEGIN; UPDATE probe SET id = 11 WHERE id = 1"); // the build waits for it
  const first = work(steps, "first");
  await until(async () => (await builders()).length > 0);
  expect(await work(steps, "second")).toBe(false);
  await pool.query("INSERT INTO probe VALUES (12)");
  await pool.query("SELECT pg_terminate_backend($1)", await builders());
  await first;
  expect(await isValid()).toBe(false);
  expect(await states()).toMatchObject([{ finished: false, problem: expect.stringContaining("try_failed") }]);
  await writer.query("COMMIT");
  giveBack(false);
  await pool.query("UPDATE background_migration SET lease_until = NULL");
  await work(steps, "second");
  expect(await isValid()).toBe(true);
  expect(await states()).toMatchObject([{ finished: true, problem: null }]);
});

it("does not build an index that a killed process' connection still builds", async () => {
  await listed("1_index");
  const { client, giveBack } = await takeConnection();
  await client.query("SELECT pg_advisory_lock(hashtext('index probe_idx'))");
  await work({ "1_index": indexStep("probe_idx", "ON probe (id)") });
  expect(await isValid()).toBeUndefined();
  giveBack(true);
});
