import { afterEach, beforeEach, expect, test } from "vitest";
import { databaseProblem } from "@/lib/database-problem";
import { reachExternal } from "@/lib/launch/external";
import { patientPool } from "@/lib/patient-pool";
import { type FaultyDatabase, faultyDatabase } from "@/lib/testing/faulty-database";

let door: FaultyDatabase;
beforeEach(async () => {
  door = await faultyDatabase(process.env.DATABASE_URL ?? "");
});
afterEach(() => door.close());

const faultOf = (run: Promise<unknown>) =>
  run.then(
    () => "none",
    (error) => databaseProblem(error)?.fault ?? error,
  );

test("a server that becomes a standby is away, for reads as well, until another takes its place", async () => {
  const pool = patientPool({ connectionString: door.url, max: 2 });
  pool.on("error", () => undefined);
  const pidOf = async () => (await pool.query("SELECT pg_backend_pid() AS pid")).rows[0].pid;
  try {
    const before = await pidOf();
    const held = await pool.connect();
    const over = new Promise((resolve) => held.once("end", resolve));
    door.demote();
    await over;
    expect(await faultOf(held.query("SELECT 1"))).toBe("away");
    held.release(true);
    expect(await faultOf(pool.query("SELECT 1"))).toBe("away");
    expect(await faultOf(pool.query("CREATE TABLE nothing ()"))).toBe("away");
    door.standby = false;
    expect(await pidOf()).not.toBe(before);
    expect(pool.totalCount).toBe(1);
  } finally {
    await pool.end();
  }
});

test("a change that a server refuses because it only reads says that the database is away", async () => {
  const pool = patientPool({ connectionString: door.url, max: 1 });
  try {
    await pool.query("SET default_transaction_read_only = on");
    expect(await faultOf(pool.query("CREATE TABLE nothing ()"))).toBe("away");
  } finally {
    await pool.end();
  }
});

test("a start on a standby is refused with what to do", async () => {
  expect(await reachExternal(door.url)).toBeGreaterThanOrEqual(15);
  door.standby = true;
  await expect(reachExternal(door.url)).rejects.toThrow(
    /is a standby, which only reads; give the address of its primary/,
  );
});
