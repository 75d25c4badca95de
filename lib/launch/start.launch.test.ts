import { once } from "node:events";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { emptyDatabase } from "@/lib/testing/database";
import { postmasterOf, ready, readyStatus, type Start, startProgram, until } from "@/lib/testing/program";
import { administrator, signIn } from "@/lib/testing/sign-in";
import { runNode } from "./child";
import { freePort } from "./free-port";
import { findProcess } from "./processes";
import { temporaryFolder } from "./temporary";

/** One for all tests, each of which finds what the one before left: a stopped database, or none. */
let folder: ReturnType<typeof temporaryFolder>;
let running: Start[] = [];

async function start(settings: Record<string, string> = {}): Promise<Start> {
  const started = await startProgram(folder.path, settings);
  running.push(started);
  return started;
}

function postmasterPid(): number {
  return Number(readFileSync(join(folder.path, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
}

/** What a start that is refused leaves behind: its exit code and its last line. */
async function refusal(settings: Record<string, string>) {
  const { ended, printed } = await start(settings);
  const code = await ended;
  const lines = printed().trim().split("\n");
  return { code, sentence: lines.at(-1), lines: lines.length };
}

beforeAll(() => {
  folder = temporaryFolder();
});

beforeEach(() => {
  running = [];
});

afterEach(async () => {
  for (const { child, ended } of running) {
    child.kill("SIGTERM");
    await ended;
  }
});

afterAll(() => folder.remove());

test("starts, answers, and on SIGTERM ends with 0 and leaves no database behind", async () => {
  const { child, ended, address, printed } = await ready(await start());
  const alive = await fetch(`${address}/livez`);
  expect(alive.status).toBe(200);
  expect(alive.headers.get("x-content-type-options")).toBe("nosniff");
  expect(alive.headers.get("x-frame-options")).toBe("DENY");
  expect((await fetch(`${address}/applications/%/campaigns`)).status).toBe(400);
  expect(printed()).toContain(`Ready on ${address}`);
  expect(statSync(join(folder.path, "postgres.json")).mode & 0o777).toBe(0o600);
  const database = postmasterPid();
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(findProcess(database)).toBeUndefined();
});

test("a signal while the database starts leaves none behind", async () => {
  const { child, ended } = await start();
  await until(() => postmasterOf(folder.path) > 0);
  const database = postmasterOf(folder.path);
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(findProcess(database)).toBeUndefined();
});

test("a signal to the whole group that comes twice, as npm forwards it, is one request to stop", async () => {
  const { child, ended } = await ready(await start());
  const database = postmasterPid();
  process.kill(-(child.pid ?? 0), "SIGINT");
  child.kill("SIGINT");
  expect(await ended).toBe(0);
  expect(findProcess(database)).toBeUndefined();
});

test("after a kill -9 the next start takes over the database that still runs", async () => {
  const first = await ready(await start());
  const database = postmasterPid();
  first.child.kill("SIGKILL");
  expect(await first.ended).toBe("SIGKILL");
  expect(findProcess(database)).toBeDefined();
  const second = await ready(await start());
  expect(second.printed()).toContain("found running");
  expect(postmasterPid()).toBe(database);
  second.child.kill("SIGTERM");
  expect(await second.ended).toBe(0);
  expect(findProcess(database)).toBeUndefined();
});

test("after a kill -9 of start and database the next start recovers", async () => {
  const first = await ready(await start());
  process.kill(postmasterPid(), "SIGKILL");
  first.child.kill("SIGKILL");
  await first.ended;
  await ready(await start());
});

test("a database that dies is started again while we serve", async () => {
  const { address } = await ready(await start());
  const database = postmasterPid();
  process.kill(database, "SIGKILL");
  await until(() => findProcess(database) === undefined);
  await until(async () => (await readyStatus(address)) === 200 && postmasterPid() !== database);
});

test("a second start on the same data folder is refused in one sentence", async () => {
  const first = await ready(await start());
  const { code, sentence } = await refusal({});
  expect(code).toBe(1);
  expect(sentence).toContain(
    `The data folder ${folder.path} is used by another running start (process ${first.child.pid})`,
  );
  expect(await readyStatus(first.address)).toBe(200);
});

test("a port that is taken is refused in one sentence", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const PORT = String(typeof address === "object" && address?.port);
  expect(await refusal({ PORT })).toEqual({
    code: 1,
    lines: 2,
    sentence: `Port ${PORT} on 127.0.0.1 is taken; stop what uses it, or set PORT to another one.`,
  });
  server.close();
});

test("a database that cannot be reached is refused in one sentence", async () => {
  const DATABASE_URL = `postgresql://nobody:secret@127.0.0.1:${await freePort()}/none`;
  const { code, sentence } = await refusal({ DATABASE_URL });
  expect(code).toBe(1);
  expect(sentence).toMatch(
    /^The database 127\.0\.0\.1:\d+\/none of DATABASE_URL cannot be used: nothing listens there/,
  );
  expect(sentence).not.toContain("secret");
});

test("a password is not printed, not even where the database repeats it", async () => {
  const server = createServer((socket) => {
    const fields = 'SFATAL\0C28P99\0MI know no "p@ss/word" here\0\0';
    socket.once("data", () => socket.end(Buffer.from(`E\0\0\0${String.fromCharCode(fields.length + 4)}${fields}`)));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address?.port;
  const { code, sentence } = await refusal({
    DATABASE_URL: `postgresql://nobody:p%40ss%2Fword@127.0.0.1:${port}/none`,
  });
  server.close();
  expect(code).toBe(1);
  expect(sentence).toMatch(/^The database 127\.0\.0\.1:\d+\/none of DATABASE_URL cannot be used: I know no "…" here;/);
});

test("a wrong setting is refused in one sentence", async () => {
  const { code, sentence, lines } = await refusal({ PORT: "eighty" });
  expect({ code, lines }).toEqual({ code: 1, lines: 2 });
  expect(sentence).toContain('PORT is "eighty", which cannot be used: give a whole number');
  const loud = await refusal({ LOG_LEVEL: "loud" });
  expect({ code: loud.code, lines: loud.lines }).toEqual({ code: 1, lines: 2 });
  expect(loud.sentence).toContain('LOG_LEVEL is "loud", which cannot be used: give one of trace, debug');
});

test("a data folder of another major version is refused with what to do", async () => {
  const first = await ready(await start());
  first.child.kill("SIGTERM");
  await first.ended;
  const file = join(folder.path, "postgres", "PG_VERSION");
  const version = readFileSync(file);
  onTestFinished(() => writeFileSync(file, version));
  writeFileSync(file, "17\n");
  const { code, sentence } = await refusal({});
  expect(code).toBe(1);
  expect(sentence).toMatch(/was written by PostgreSQL 17 and this version of Referrals brings PostgreSQL \d+: start/);
});

test("with DATABASE_URL that database is migrated, and seeded when asked; no data folder is made", async () => {
  const DATABASE_URL = await emptyDatabase();
  const { address } = await ready(
    await start({ ...administrator, DATABASE_URL, DEMO: "1", DATA_DIR: join(folder.path, "none") }),
  );
  const headers = { cookie: await signIn(address) };
  expect((await fetch(`${address}/applications/1/campaigns`, { headers, redirect: "manual" })).status).toBe(200);
  expect(statSync(join(folder.path, "none"), { throwIfNoEntry: false })).toBeUndefined();
  const client = new pg.Client({ connectionString: DATABASE_URL });
  await client.connect();
  const { rows } = await client.query("SELECT count(*)::int AS campaigns FROM campaign");
  await client.end();
  expect(rows[0].campaigns).toBe(3);
});

test("codes are filled in beside a running server, which goes on", async () => {
  const { address, printed } = await ready(await start({ DEMO: "1" }));
  const database = postmasterPid();
  const { code, output } = await runNode(["lib/launch/run.mjs", "seed", "--referrals", "500", "--campaign", "3"], {
    environment: { DATA_DIR: folder.path, DATABASE_URL: "" },
  });
  expect(code, output).toBe(0);
  expect(output).toContain("500 codes are in “VIP circle”");
  expect(postmasterPid()).toBe(database);
  expect(await readyStatus(address)).toBe(200);
  expect(printed()).not.toContain("ended unexpectedly");
});
