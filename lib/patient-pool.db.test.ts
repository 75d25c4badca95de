import { once } from "node:events";
import { createServer } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { afterEach, expect, test } from "vitest";
import { DatabaseProblem, databaseProblem } from "@/lib/database-problem";
import { bulkTransaction, db, lostRace, pool, takeConnection, waitedTooLong } from "@/lib/db";
import { failureOf } from "@/lib/failure";
import { PrismaClient } from "@/lib/generated/prisma/client";
import { freePort } from "@/lib/launch/free-port";
import { patientPool } from "@/lib/patient-pool";

const connectionString = process.env.DATABASE_URL;
let opened: pg.Pool[] = [];

function open(
  options: pg.PoolConfig,
  patience = { connect: 3000, wait: 300, still: 60_000, waiting: 2 },
  heard = { at: Number.NEGATIVE_INFINITY },
): pg.Pool {
  const made = patientPool({ connectionString, max: 1, ...options }, heard, patience);
  made.on("error", () => undefined);
  opened.push(made);
  return made;
}

const faultOf = (run: Promise<unknown>) =>
  run.then(
    () => "none",
    (error) => databaseProblem(error)?.fault ?? error,
  );

afterEach(async () => {
  await Promise.all(opened.map((one) => one.end()));
  opened = [];
});

test("who waits for a connection waits as long as is allowed, and no more than are allowed", async () => {
  const small = open({});
  const held = await small.connect();
  const asked = [small.connect(), small.query("SELECT 1"), small.connect(), small.query("SELECT 1")];
  expect(await Promise.all(asked.map(faultOf))).toEqual(["busy", "busy", "busy", "busy"]);
  held.release();
  expect((await small.query("SELECT 1 AS n")).rows).toEqual([{ n: 1 }]);
  expect(small.waitingCount).toBe(0);
});

test("who waits for connections that nobody gives back is told soon; while they go round, one waits", async () => {
  const small = open({ max: 2 }, { connect: 3000, wait: 60_000, still: 300, waiting: 100 });
  const held = await Promise.all([small.connect(), small.connect()]);
  expect(await Promise.all([faultOf(small.query("SELECT 1")), faultOf(small.connect())])).toEqual(["busy", "busy"]);
  held[0]?.release();
  const slow = Array.from({ length: 8 }, () => faultOf(small.query("SELECT pg_sleep(0.15)"))); // more than 300 in all
  expect(await Promise.all(slow)).toEqual(slow.map(() => "none"));
  held[1]?.release();
});

test("a connection that breaks between two statements ends no process, and the next one says that it is gone", async () => {
  const client = await open({}).connect();
  const { rows } = await client.query("SELECT pg_backend_pid() AS pid");
  const over = new Promise<void>((resolve) => client.once("end", resolve));
  await pool.query("SELECT pg_terminate_backend($1)", [rows[0].pid]);
  await over;
  expect(await faultOf(client.query("SELECT 1"))).toBe("away");
  client.release(true);
});

test("a database where nothing listens is away", async () => {
  const nowhere = open({ connectionString: `postgresql://a:b@127.0.0.1:${await freePort()}/c` });
  expect(await faultOf(nowhere.query("SELECT 1"))).toBe("away");
});

test("a database that takes connections and says nothing is away for all that wait, as soon as it is for one", async () => {
  const silent = createServer(() => undefined).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const address = silent.address();
  const port = typeof address === "object" && address?.port;
  const mute = open(
    { connectionString: `postgresql://a:b@127.0.0.1:${port}/c`, max: 2 },
    { connect: 500, wait: 60_000, still: 300, waiting: 100 },
  );
  const asked = Array.from({ length: 20 }, () => faultOf(mute.query("SELECT 1")));
  expect(new Set(await Promise.all(asked))).toEqual(new Set(["away"]));
  silent.close();
});

test("a connection that takes long while the database answers others is tried again, not given up for all", async () => {
  let tries = 0;
  const slow = createServer(() => {
    tries += 1;
  }).listen(0, "127.0.0.1");
  await once(slow, "listening");
  const address = slow.address();
  const port = typeof address === "object" && address?.port;
  const heard = { at: Number.NEGATIVE_INFINITY };
  const other = open({}, undefined, heard);
  const patience = { connect: 200, wait: 60_000, still: 60_000, waiting: 100 };
  const pool = open({ connectionString: `postgresql://a:b@127.0.0.1:${port}/c` }, patience, heard);
  const answering = setInterval(() => void faultOf(other.query("SELECT 1")), 20);
  await other.query("SELECT 1");
  const asked = faultOf(pool.query("SELECT 1"));
  await expect.poll(() => tries).toBeGreaterThan(2);
  clearInterval(answering);
  expect(await asked).toBe("away"); // now nothing is heard of it
  slow.close();
});

test("what is wrong is the same for Prisma, its transactions and the pool", async () => {
  const broken = open(
    { connectionString: `postgresql://a:b@127.0.0.1:${await freePort()}/c` },
    { connect: 3000, wait: 10_000, still: 60_000, waiting: 100 },
  );
  const client = new PrismaClient({ adapter: new PrismaPg(broken) });
  const asked = [
    client.campaign.count(),
    client.$queryRaw`SELECT 1`,
    client.$transaction((tx) => tx.campaign.count()),
    client.$transaction([client.campaign.count()]),
    broken.query("SELECT 1"),
  ];
  expect(await Promise.all(asked.map(faultOf))).toEqual(asked.map(() => "away"));
  await client.$disconnect();
});

const killMe = "SELECT pg_terminate_backend(pg_backend_pid())::text";

test("a connection that is lost while it works is a database that is away", async () => {
  const asked = [db.$queryRawUnsafe(killMe), bulkTransaction((tx) => tx.$queryRawUnsafe(killMe)), pool.query(killMe)];
  expect(await Promise.all(asked.map(faultOf))).toEqual(asked.map(() => "away"));
});

test("so it is for COPY in both directions", async () => {
  const copies = [
    copyTo("COPY (SELECT repeat('x', 1000) FROM generate_series(1, 1000000)) TO STDOUT"),
    copyFrom("COPY import_row FROM STDIN"),
  ];
  for (const copy of copies) {
    const { client, giveBack } = await takeConnection();
    const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    const stream = client.query(copy);
    const failed = once(stream, "error");
    await pool.query("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
    if ("resume" in stream) stream.resume();
    expect((await failed)[0]).toMatchObject({ fault: "away" });
    giveBack(true);
  }
});

test("a lock that does not come, a statement that does not end and a deadlock each say what they are", async () => {
  const holder = await pool.connect();
  await holder.query("BEGIN; LOCK TABLE import_row");
  const waiting = db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL lock_timeout = 50`;
    await tx.importRow.count();
  });
  const late = await waiting.catch((error: unknown) => error);
  expect(late).toMatchObject({ fault: "locked" });
  expect(waitedTooLong(late)).toBe(true);
  await holder.query("ROLLBACK");
  holder.release();

  const slow = db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL statement_timeout = 50`;
    await tx.$queryRaw`SELECT pg_sleep(10)::text`;
  });
  expect(await faultOf(slow)).toBe("slow");

  const raise = (state: string) => db.$executeRawUnsafe(`DO $$BEGIN RAISE SQLSTATE '${state}'; END$$`);
  const deadlock = await raise("40P01").catch((error: unknown) => error);
  expect(lostRace(deadlock)).toBe(true);
  expect(databaseProblem(deadlock)?.fault).toBe("locked");
  expect(failureOf(deadlock)).toMatchObject({ code: "unavailable" });
  const other = await raise("22012").catch((error: unknown) => error);
  expect(databaseProblem(other)).toBeNull();
  expect(failureOf(other)).toMatchObject({ code: "unexpected" });
});

test("a transaction whose time is up is a database that is busy", async () => {
  const late = db.$transaction((tx) => tx.$queryRaw`SELECT pg_sleep(0.3)::text`, { timeout: 100 });
  expect(await faultOf(late)).toBe("busy");
});

test("a problem is told by its sentence and its digest, never by its cause", () => {
  const failure = failureOf(new DatabaseProblem("away", new Error("secret")));
  expect(failure).toEqual({ ok: false, code: "unavailable", message: expect.stringContaining("does not answer") });
});
