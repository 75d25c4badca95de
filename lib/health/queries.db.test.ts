import pg from "pg";
import { afterEach, expect, test } from "vitest";
import { GET as alive } from "@/app/livez/route";
import { GET as answer } from "@/app/readyz/route";
import { databaseReady } from "@/lib/database-ready";
import { pool } from "@/lib/db";
import { readiness } from "@/lib/health/queries";
import { temporaryFolder } from "@/lib/launch/temporary";

afterEach(() => {
  databaseReady.referralsDatabaseFolder = undefined;
});

const asked = async () => {
  const { status, headers } = await answer();
  return [status, headers.get("retry-after")];
};

test("requests can be served while the database answers and has every migration", async () => {
  expect(await readiness()).toBe("ready");
  expect(await asked()).toEqual([200, null]);
  await pool.query("UPDATE _prisma_migrations SET finished_at = NULL");
  expect(await readiness()).toBe("the database lacks migrations");
  expect(await asked()).toEqual([503, "5"]);
  await pool.query("UPDATE _prisma_migrations SET finished_at = now()");
});

test("who asks is answered while the database takes its time; that the process lives needs no database", async () => {
  const holder = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await holder.connect();
  await holder.query("BEGIN; LOCK TABLE _prisma_migrations");
  expect(await readiness()).toBe("the database does not answer");
  expect(await asked()).toEqual([503, "5"]);
  expect(alive().status).toBe(200);
  await holder.query("ROLLBACK");
  await holder.end();
  expect(await readiness()).toBe("ready");
});

test("an embedded database needs room on its disk, by share or, on a large one, by size", async () => {
  const none = { share: 1, bytes: Number.POSITIVE_INFINITY };
  expect(await readiness(none)).toBe("ready"); // it is somewhere else
  const folder = temporaryFolder();
  databaseReady.referralsDatabaseFolder = folder.path;
  expect(await readiness(none)).toBe("the disk of the database is nearly full");
  expect(await readiness({ ...none, share: 0 })).toBe("ready");
  expect(await readiness({ ...none, bytes: 0 })).toBe("ready");
  folder.remove();
});
