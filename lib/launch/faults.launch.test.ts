// What a service meets in its life: it is stopped at work, its database is restarted, many of it start at once.
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { counterOf, makeCode, openShop } from "@/lib/stress/shop";
import { auditOf } from "@/lib/testing/audit";
import { onDatabase, rowsOf } from "@/lib/testing/backups";
import { demoDatabase, emptyDatabase } from "@/lib/testing/database";
import { embeddedUrl, postmasterOf, ready, readyStatus, type Start, startProgram, until } from "@/lib/testing/program";
import { administrator, signIn } from "@/lib/testing/sign-in";
import { migrations } from "@/prisma/history";
import { runNode } from "./child";
import { temporaryFolder } from "./temporary";

let folder: ReturnType<typeof temporaryFolder>;
let running: Start[] = [];

async function start(settings: Record<string, string> = {}): Promise<Start> {
  const started = await startProgram(folder.path, settings);
  running.push(started);
  return started;
}

beforeEach(() => {
  folder = temporaryFolder();
  running = [];
});

afterEach(async () => {
  for (const { child } of running) child.kill("SIGTERM");
  await Promise.all(running.map(({ ended }) => ended));
  folder.remove();
}, 120_000);

/** A key of a shop of the demo's application, on a database or the embedded one of the test's folder. */
async function shopKey(DATABASE_URL = ""): Promise<string> {
  const options = ["--kind", "integration", "--application", "1", "--name", "shop", "--per-second", "100000"];
  const { code, output } = await runNode(["lib/launch/run.mjs", "api-key", ...options], {
    environment: { DATA_DIR: folder.path, DATABASE_URL },
  });
  expect(code, output).toBe(0);
  return output.trimEnd().split("\n").at(-1) ?? "";
}

/** Closes a session with a code, as the API is asked to. */
const closing = (path: string, referralCode: string) =>
  ["PUT", path, { customerSession: { state: "closed", profileId: path, referralCode } }] as const;

/** Makes more codes than are planned at once, as another process on the same database; `plan` asks for a plan of all, and gives its id. */
async function largeBatch(url: string): Promise<{ plan(): Promise<string> }> {
  process.env.DATABASE_URL = url; // for the pools, which are opened with what is imported here
  const { makeCampaign, makeLargeBatch, admitted } = await import("@/lib/testing/builders");
  const { planEdit } = await import("@/lib/operations/edit");
  const { editChangesField } = await import("@/lib/operations/schema");
  const { closeDatabase } = await import("@/lib/db");
  const scope = await makeCampaign();
  const batchId = await makeLargeBatch(scope, 60_000);
  const changes = editChangesField.parse({ usageLimit: { do: "set", value: 3 } });
  return {
    async plan() {
      const { planId } = await planEdit(admitted(scope), { selection: { by: "batch", batchId }, changes });
      await closeDatabase();
      return planId;
    },
  };
}

test("SIGTERM at work: who watches is told first, what runs is answered, the work in hand is kept, all within ten seconds", async () => {
  const DATABASE_URL = await demoDatabase();
  const server = await ready(await start({ ...administrator, DATABASE_URL }));
  const cookie = await signIn(server.address);
  const shop = openShop(server.address, await shopKey(DATABASE_URL), 8);
  const { code } = await makeCode(shop, 1, 0);
  await onDatabase(DATABASE_URL, async (holder) => {
    holder.on("error", () => undefined); // where the test fails, its database goes first
    const { plan } = await largeBatch(DATABASE_URL);
    // Requests and a part of the background's work wait for these locks: they are under way when the signal comes.
    await holder.query(
      "BEGIN; LOCK TABLE budget, customer_session IN ACCESS EXCLUSIVE MODE; LOCK TABLE change IN EXCLUSIVE MODE",
    );
    const planId = await plan();
    const work = async () =>
      (await rowsOf(DATABASE_URL, `SELECT state, done, total, lease_owner FROM operation WHERE id = ${planId}`))[0] ??
      {};
    await until(async () => (await work()).lease_owner !== null);
    let answered = 0;
    const answer = async (asked: Promise<{ status: number }>) => {
      const { status } = await asked;
      answered += 1;
      return status;
    };
    const underWay = async (count: number) =>
      until(async () => {
        const [waiting] = await rowsOf(
          DATABASE_URL,
          "SELECT count(DISTINCT pid)::int AS n FROM pg_locks WHERE NOT granted AND relation IN ('budget'::regclass, 'customer_session'::regclass)",
        );
        return Number(waiting?.n) + answered >= count;
      });
    // twelve, because the pool has twenty connections, and one has to be left by which readiness is told; shops have eight others
    const pages = Array.from({ length: 12 }, () =>
      answer(
        fetch(`${server.address}/applications/1/campaigns/1/settings/budgets`, {
          headers: { cookie },
          redirect: "manual",
        }),
      ),
    );
    await underWay(12);
    const sessions = Array.from({ length: 8 }, (_, nth) =>
      answer(shop.ask(...closing(`/v2/customer_sessions/stop-${nth}`, code))),
    );
    await underWay(20);
    const seen: number[] = [];
    const watching = until(async () => {
      seen.push(await readyStatus(server.address));
      return seen.at(-1) !== 200;
    });
    await until(() => seen.length > 2);
    const began = performance.now();
    server.child.kill("SIGTERM");
    await watching;
    expect(seen.at(-1)).toBe(503); // an answer, not a shut door
    await holder.query("ROLLBACK");
    const statuses = await Promise.all([...pages, ...sessions]);
    expect(statuses.filter((status) => ![200, 503].includes(status))).toEqual([]); // 503: it waited for the lock for too long
    expect(await server.ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
    const left = await work();
    expect(left).toMatchObject({ lease_owner: null, state: "planning", total: 60_000 });
    expect(Number(left.done)).toBeGreaterThan(0);
    expect(Number(left.done)).toBeLessThan(60_000);
    await ready(await start({ DATABASE_URL }));
    await until(async () => (await work()).state === "planned");
    expect(await work()).toMatchObject({ done: 60_000 });
    shop.close();
    expect(await auditOf(DATABASE_URL)).toEqual([]);
  });
}, 240_000);

test("a database that is restarted under load: 503 and when to come again, nothing else, and no connection is lost", async () => {
  const server = await ready(await start({ ...administrator, DEMO: "1" }));
  const cookie = await signIn(server.address);
  const url = embeddedUrl(folder.path);
  const paths = ["", "/referrals", "/referrals?q=a", "/operations"].map((rest) => `/applications/1/campaigns/1${rest}`);
  const answered = new Map<string, number>();
  const count = (status: number, again: string | number | null) => {
    const told = status === 503 ? `503, again in ${again}` : `${status}`;
    answered.set(told, (answered.get(told) ?? 0) + 1);
  };
  let going = true;
  const shop = openShop(server.address, await shopKey(), 4);
  const made = await makeCode(shop, 1, 0);
  let sessions = 0;
  const buyer = async () => {
    while (going) {
      const path = `/v2/customer_sessions/restart-${sessions++}`;
      for (let status = 0; status !== 200; ) {
        const answer = await shop.ask(...closing(path, made.code));
        count(answer.status, answer.retryAfter);
        status = answer.status;
      }
    }
  };
  const client = async (nth: number) => {
    for (let turn = nth; going; turn += 1) {
      const path = paths[turn % paths.length] ?? "";
      const answer = await fetch(server.address + path, { headers: { cookie }, redirect: "manual" });
      await answer.text();
      count(answer.status, answer.headers.get("retry-after"));
    }
  };
  const clients = [...Array.from({ length: 8 }, (_, nth) => client(nth)), ...Array.from({ length: 4 }, buyer)];
  const goodAnswers = () => answered.get("200") ?? 0;
  await until(() => goodAnswers() > 20);
  for (let nth = 0; nth < 2; nth += 1) {
    const before = postmasterOf(folder.path);
    process.kill(before, "SIGINT"); // what a "fast" restart sends
    await until(async () => postmasterOf(folder.path) !== before && (await readyStatus(server.address)) === 200);
    const enough = goodAnswers() + 20;
    await until(() => goodAnswers() >= enough);
  }
  going = false;
  await Promise.all(clients);
  expect([...answered.keys()].filter((told) => !/^(200|503, again in [1-9])$/.test(told))).toEqual([]);
  expect(await counterOf(shop, made)).toBe(sessions);
  shop.close();
  expect(await auditOf(url)).toEqual([]);
  expect(server.printed()).toContain("the embedded database has ended unexpectedly and is started again");
  expect(server.printed()).toContain("the embedded database is up again");
  const connections =
    "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = 'referrals' AND pid <> pg_backend_pid()";
  expect((await rowsOf(url, connections))[0]?.n).toBeLessThanOrEqual(20 + 4 + 8);
}, 240_000);

test("eight servers start at once on an empty database: one migrates, all of them serve", async () => {
  const DATABASE_URL = await emptyDatabase();
  const servers = await Promise.all(
    Array.from({ length: 8 }, async (_, nth) => {
      const started = await startProgram(join(folder.path, String(nth)), { DATABASE_URL });
      running.push(started);
      return ready(started);
    }),
  );
  const migrated = servers.map(({ printed }) => /Migrations +(\d+) applied/.exec(printed())?.[1]).filter(Boolean);
  expect(migrated).toEqual([String(migrations().length)]);
  for (const { address } of servers) expect((await fetch(`${address}/applications`)).status).toBe(200);
}, 240_000);
