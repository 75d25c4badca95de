import type pg from "pg";
import { afterAll, beforeEach, expect, test } from "vitest";
import { databaseProblem } from "@/lib/database-problem";
import { patientPool } from "@/lib/patient-pool";
import { type Fault, faultyDatabase } from "@/lib/testing/faulty-database";

const door = await faultyDatabase(process.env.DATABASE_URL ?? "");
const pool = patientPool({ connectionString: door.url, max: 4 });
pool.on("error", () => undefined);
afterAll(async () => {
  await pool.end();
  door.close();
});

let tries = 0;
/** Lets so many statements fail, all alike. */
function failing(times: number, fault: Fault): void {
  tries = 0;
  door.decide = (text) => {
    if (/^(BEGIN|COMMIT)/.test(text)) return null;
    tries += 1;
    return tries <= times ? fault : null;
  };
}
const faultOf = (run: Promise<unknown>) =>
  run.then(
    () => "none",
    (error) => databaseProblem(error)?.fault ?? error,
  );
beforeEach(() => failing(0, null));

const states = ["57P01", "57P03", "08006", "40001", "40P01", "53300", "57014", "55P03"];
test.each([...states.map((state): [string, Fault] => [state, { state }]), ["a broken connection", "cut"] as const])(
  "a read that fails with %s is asked three times more, and then it is told",
  async (_, fault) => {
    failing(3, fault);
    expect((await pool.query("SELECT 1 AS n")).rows).toEqual([{ n: 1 }]);
    expect(tries).toBe(4);
    failing(100, fault);
    expect(await faultOf(pool.query("SELECT 1 AS n"))).toMatch(/^(away|busy|locked|slow)$/);
    expect(tries).toBe(4);
  },
);

test.each([
  ["a write", "INSERT INTO signing_secret (id, secret) VALUES (2, 'x')"],
  ["a write that begins as a read", "WITH gone AS (DELETE FROM signing_secret RETURNING id) SELECT * FROM gone"],
  ["a read that takes a number", "SELECT nextval('operation_id_seq')"],
  ["a lock", "SELECT id FROM operation FOR UPDATE"],
])("%s is asked once: nobody knows whether it was done", async (_, text) => {
  failing(100, "cut");
  expect(await faultOf(pool.query(text))).toBe("away");
  expect(tries).toBe(1);
});

test("a write that comes to the same when it is run twice is asked again where it says so", async () => {
  failing(2, "cut");
  const text =
    "INSERT INTO signing_secret (id, secret) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET id = excluded.id";
  expect(await faultOf(pool.query({ text, idempotent: true } as pg.QueryConfig))).toBe("none");
  expect(tries).toBe(3);
});

test("what is wrong for good, what took its time and what is part of a transaction is asked once", async () => {
  failing(100, { state: "42P01" });
  await expect(pool.query("SELECT 1")).rejects.toMatchObject({ code: "42P01" });
  expect(tries).toBe(1);

  failing(0, null);
  const slow = patientPool({ connectionString: door.url, max: 1, options: "-c statement_timeout=1200" });
  expect(await faultOf(slow.query("SELECT pg_sleep(60)"))).toBe("slow");
  expect(tries).toBe(1);
  await slow.end();

  failing(100, "cut");
  const client = await pool.connect();
  await client.query("BEGIN");
  expect(await faultOf(client.query("SELECT 1"))).toBe("away");
  expect(tries).toBe(1);
  client.release(true);
});
