// What everybody meets while the database is short of connections, holds a lock, or fails now and then: an honest answer, soon.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { closeSession, makeCode, openShop, type Shop } from "@/lib/stress/shop";
import { auditOf } from "@/lib/testing/audit";
import { onDatabase } from "@/lib/testing/backups";
import { demoDatabase } from "@/lib/testing/database";
import { type Fault, type FaultyDatabase, faultyDatabase } from "@/lib/testing/faulty-database";
import { ready, readyStatus, type Start, startProgram, until } from "@/lib/testing/program";
import { administrator, signIn } from "@/lib/testing/sign-in";
import { runNode } from "./child";
import { temporaryFolder } from "./temporary";

const campaign = "/applications/1/campaigns/1";
let folder: ReturnType<typeof temporaryFolder>;
let database = "";
let door: FaultyDatabase;
let keys: [shop: string, back: string];
let server: Start;
let shop: Shop;
let back: Shop;
let cookie = "";
/** What the audit finds before a test, and how much the program has printed: what an earlier test broke is no later one's fault. */
let found: string[];
let printed = 0;

async function keyOf(kind: string): Promise<string> {
  const options = ["--kind", kind, "--application", "1", "--name", kind, "--per-second", "100000"];
  const { code, output } = await runNode(["lib/launch/run.mjs", "api-key", ...options], {
    environment: { DATABASE_URL: database },
  });
  expect(code, output).toBe(0);
  return output.trimEnd().split("\n").at(-1) ?? "";
}

async function start(): Promise<void> {
  server = await ready(await startProgram(folder.path, { ...administrator, DATABASE_URL: door.url }));
}

beforeAll(async () => {
  folder = temporaryFolder();
  database = await demoDatabase();
  door = await faultyDatabase(database);
  await start();
  keys = [await keyOf("integration"), await keyOf("management")];
  expect(await auditOf(database)).toEqual([]);
}, 240_000);

afterAll(async () => {
  server?.child.kill("SIGTERM");
  await server?.ended;
  door?.close();
  folder.remove();
}, 60_000);

const hasEnded = ({ exitCode, signalCode }: Start["child"]) => exitCode !== null || signalCode !== null;

// Each test begins with no fault, no connection that another one left, and a session and connections of its own. They share one
// program, which is started again only where it has ended.
beforeEach(async () => {
  door.decide = () => null;
  door.cut();
  if (hasEnded(server.child)) await start();
  await until(async () => (await readyStatus(server.address)) === 200);
  cookie = await signIn(server.address);
  shop = openShop(server.address, keys[0], 8);
  back = openShop(server.address, keys[1], 8);
  found = await auditOf(database);
  printed = server.printed().length;
});

afterEach(() => {
  for (const one of [shop, back]) one.close();
});

/** The database is sound, and nothing of it was unexpected: what every test ends with. */
async function expectSound(): Promise<void> {
  expect(await auditOf(database)).toEqual(found);
  expect(hasEnded(server.child)).toBe(false);
  expect(server.printed().slice(printed)).not.toMatch(/unexpected error|uncaught exception|unhandled rejection/);
}

/** An answer as it is told: "200", or "503, again in 5". */
const tell = (status: number, again: string | number | null) =>
  status === 503 ? `503, again in ${again}` : `${status}`;

async function open(path: string): Promise<string> {
  const answer = await fetch(server.address + path, { headers: { cookie }, redirect: "manual" });
  await answer.text();
  return tell(answer.status, answer.headers.get("retry-after"));
}

async function ask(client: Shop, ...asked: Parameters<Shop["ask"]>): Promise<string> {
  const { status, retryAfter } = await client.ask(...asked);
  return tell(status, retryAfter);
}
const close = (session: string, referralCode: string) =>
  [
    "PUT",
    `/v2/customer_sessions/${session}`,
    { customerSession: { state: "closed", profileId: session, referralCode } },
  ] as const;

test("while 20 transactions hold all connections, whoever comes is told so meanwhile (D1)", async () => {
  const pages = [campaign, `${campaign}/operations`, "/applications/1/members", "/applications/1/attributes"];
  const ofOtherPools = [`${campaign}/settings`, `${campaign}/referrals/batches`];
  let silent = 0;
  door.decide = (statement) => {
    if (silent === 20 || !/"api_key"/.test(statement)) return null;
    silent += 1;
    return "silence";
  };
  let over = 0;
  const hold = async () => {
    const told = await open("/applications/1/keys");
    over += 1;
    return told;
  };
  const holding = Array.from({ length: 20 }, hold);
  await until(() => silent === 20);
  const answers = await Promise.all([...[...pages, ...ofOtherPools].map(open), ask(back, "GET", `/v1${campaign}`)]);
  expect(answers).toEqual([...pages.map(() => "503, again in 5"), "200", "200", "503, again in 1"]);
  expect(await readyStatus(server.address)).toBe(503);
  expect((await fetch(`${server.address}/livez`)).status).toBe(200);
  expect(over).toBe(0);
  door.cut();
  expect(await Promise.all(holding)).toEqual(holding.map(() => "503, again in 5"));
  await until(async () => (await readyStatus(server.address)) === 200);
  for (const path of pages) expect(await open(path)).toBe("200");
  await expectSound();
});

test("while somebody holds a code's lock, others who ask for it are told so meanwhile, and nobody else (D2)", async () => {
  const [held, other] = [await makeCode(shop, 1, 10), await makeCode(shop, 1, 10)];
  await onDatabase(database, async (holder) => {
    holder.on("error", () => undefined);
    await holder.query("BEGIN");
    const { rows } = await holder.query("SELECT id FROM referral WHERE code = $1 FOR UPDATE", [held.code]);
    const address = `/v1${campaign}/referrals/${rows[0].id}`;
    const answers = await Promise.all([
      ...["d2-1", "d2-2"].map((session) => ask(shop, ...close(session, held.code))),
      ask(back, "PUT", address, { usageLimit: 5 }),
      ask(back, "DELETE", address),
      ask(shop, ...close("d2-3", other.code)),
      open(`${campaign}/referrals?q=${held.code}`),
    ]);
    expect(answers.slice(4)).toEqual(["200", "200"]);
    for (const one of answers.slice(0, 4)) expect(one).toMatch(/^(409|503, again in \d)$/);
    await holder.query("ROLLBACK");
  });
  expect(await closeSession(shop, "d2-1", held.code, "d2-1")).toEqual({ kind: "accepted" });
  await expectSound();
});

const states = ["57P01", "57P03", "08006", "40001", "40P01", "53300", "57014", "55P03"];
const faults: [name: string, fault: Fault][] = states.map((state) => [state, { state }]);

test.each([...faults, ["Connection terminated unexpectedly", "cut"]] as [string, Fault][])(
  "where one statement in 20 fails with %s, reads succeed, and writes do or say when to come again (D3)",
  async (name, fault) => {
    const made = await makeCode(shop, 1, 0);
    let [asked, failed] = [0, 0];
    door.decide = () => {
      asked += 1;
      if (asked % 20 !== 0) return null;
      failed += 1;
      return fault;
    };
    const read = async (): Promise<string[]> => {
      const told: string[] = [];
      for (const path of ["", "/referrals", "/referrals?q=a", "/operations", "/settings", "/referrals/batches"])
        told.push(await open(campaign + path));
      return told;
    };
    const written: string[] = [];
    const write = async (nth: number) => {
      const session = `${encodeURIComponent(name)}-${nth}`;
      for (let tries = 0; tries < 20; tries += 1) {
        const told = await ask(shop, ...close(session, made.code));
        written.push(told);
        if (told === "200") return;
      }
    };
    const sessions = Array.from({ length: 30 }, (_, nth) => nth);
    const writers = async () => {
      for (let nth = sessions.pop(); nth !== undefined; nth = sessions.pop()) await write(nth);
    };
    const [first, second] = await Promise.all([read(), read(), writers(), writers()]);
    door.decide = () => null;
    expect(failed).toBeGreaterThan(3);
    expect([...first, ...second].filter((told) => told !== "200")).toEqual([]);
    expect(written.filter((told) => !/^(200|503, again in \d)$/.test(told))).toEqual([]);
    expect(written.filter((told) => told === "200")).toHaveLength(30);
    await onDatabase(database, async (client) => {
      const { rows } = await client.query("SELECT usage_counter FROM referral WHERE code = $1", [made.code]);
      expect(rows).toEqual([{ usage_counter: 30 }]);
    });
    await expectSound();
  },
);
