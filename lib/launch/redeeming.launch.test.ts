// The proof that limits hold (whatever races or crashes): whole servers with the embedded database, over HTTP.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { redeemTogether } from "@/lib/stress/crowd";
import { type CrowdCode, closeSession, counterOf, makeCode, openShop, type Shop } from "@/lib/stress/shop";
import { auditOf } from "@/lib/testing/audit";
import { embeddedUrl, ready, readyStatus, type Start, startProgram, until } from "@/lib/testing/program";
import { runNode } from "./child";
import { temporaryFolder } from "./temporary";

const campaignId = 1;
const clients = 64;
let folder: ReturnType<typeof temporaryFolder>;
let server: Start;
let second: Start;
let shops: [Shop, Shop];
let back: Shop;
let keyText = "";

async function keyOf(kind: string): Promise<string> {
  const options = ["--kind", kind, "--application", "1", "--name", `crowd ${kind}`, "--per-second", "100000"];
  const { code, output } = await runNode(["lib/launch/run.mjs", "api-key", ...options], {
    environment: { DATA_DIR: folder.path, DATABASE_URL: "" },
  });
  expect(code, output).toBe(0);
  return output.trimEnd().split("\n").at(-1) ?? "";
}

beforeAll(async () => {
  folder = temporaryFolder();
  server = await ready(await startProgram(folder.path, { DEMO: "1" }));
  second = await ready(await startProgram(join(folder.path, "second"), { DATABASE_URL: embeddedUrl(folder.path) }));
  keyText = await keyOf("integration");
  shops = [openShop(server.address, keyText, clients), openShop(second.address, keyText, clients)];
  back = openShop(server.address, await keyOf("management"), 4);
}, 180_000);

afterAll(async () => {
  for (const shop of [...(shops ?? []), back]) shop?.close();
  for (const started of [second, server]) {
    started?.child.kill("SIGTERM");
    await started?.ended;
  }
  folder.remove();
});

/** Nothing but codes that were accepted, and those that came too late. */
const exactly = (accepted: number, attempts: number, reason = "ReferralLimitReached") => ({
  accepted,
  rejected: attempts > accepted ? { [reason]: attempts - accepted } : {},
  refused: 0,
  unknown: 0,
  firstProblem: null,
});

describe("of 64 clients", () => {
  test.each([
    ["one server", 1],
    ["two servers on one database", 2],
  ])("exactly 1,000 get in by a code for 1,000, through %s", async (_name, servers) => {
    const made = await makeCode(shops[0], campaignId, 1000);
    const attempts = 1300;
    const tally = await redeemTogether(shops.slice(0, servers), () => made.code, { clients, attempts });
    expect(tally).toMatchObject(exactly(1000, attempts));
    expect(await counterOf(shops[0], made)).toBe(1000);
  });

  test.each([1, 2, 63, 64, 65])("exactly %i get in by a code for so many, twenty times", async (limit) => {
    for (let round = 0; round < 20; round += 1) {
      const made = await makeCode(shops[0], campaignId, limit);
      const attempts = 72;
      const tally = await redeemTogether(shops, () => made.code, { clients, attempts });
      expect(tally).toMatchObject(exactly(limit, attempts));
      expect(await counterOf(shops[0], made)).toBe(limit);
    }
  });

  test("all close the same session: one redemption, and the others are told of it or that it is busy", async () => {
    const made = await makeCode(shops[0], campaignId, 10);
    const outcomes = await Promise.all(
      Array.from({ length: clients }, (_, nth) =>
        closeSession(shops[nth % 2 ? 1 : 0], made.code, made.code, "the friend"),
      ),
    );
    expect(outcomes.filter(({ kind }) => kind === "accepted").length).toBeGreaterThan(0);
    for (const outcome of outcomes) if (outcome.kind !== "accepted") expect(outcome).toMatchObject({ status: 409 });
    expect(await counterOf(shops[0], made)).toBe(1);
  });

  test("no more get in than the campaign allows, and by each code no more than that allows", async () => {
    const campaign = `/v1/applications/1/campaigns/${campaignId}`;
    const read = async () => JSON.parse((await back.ask("GET", campaign)).text);
    const { name, tags, features } = await read();
    const sent = { name, tags, features };
    const allow = async (limits: object[]) => {
      const { status, text } = await back.ask("PUT", campaign, { ...sent, limits });
      expect(status, text).toBe(200);
    };
    const codes = [await makeCode(shops[0], campaignId, 70), await makeCode(shops[0], campaignId, 70)];
    await allow([{ action: "redeemReferral", limit: 100, entities: [] }]);
    const codeOf = (nth: number) => codes[nth % 2]?.code ?? "";
    const tally = await redeemTogether(shops, codeOf, { clients, attempts: 200 });
    expect(tally).toMatchObject({ accepted: 100, refused: 0, unknown: 0, firstProblem: null });
    const counters = await Promise.all(codes.map((code) => counterOf(shops[0], code)));
    expect(counters.reduce((sum, one) => sum + one, 0)).toBe(100);
    for (const counter of counters) expect(counter).toBeLessThanOrEqual(70);
    expect((await read()).budgets).toEqual([{ action: "redeemReferral", limit: 100, counter: 100 }]);
    await allow([]);
  });
});

test("a database that is killed five times under 16 clients loses no redemption that it acknowledged", async () => {
  const shop = openShop(server.address, keyText, 16);
  const codes: CrowdCode[] = [];
  for (let nth = 0; nth < 8; nth += 1) codes.push(await makeCode(shop, campaignId, 0));
  const acknowledged = new Set<number>();
  const unknown = new Set<number>();
  const session = (nth: number) => `killed ${nth}`;
  const close = (nth: number) => closeSession(shop, session(nth), codes[nth % codes.length]?.code ?? "", session(nth));
  let next = 0;
  let going = true;
  const client = async () => {
    while (going) {
      const nth = next++;
      const { kind } = await close(nth);
      (kind === "accepted" ? acknowledged : unknown).add(nth);
      if (kind !== "accepted") await until(async () => (await readyStatus(server.address)) === 200);
    }
  };
  const crowd = Array.from({ length: 16 }, client);
  for (let kill = 1; kill <= 5; kill += 1) {
    const enough = acknowledged.size + 150;
    await until(() => acknowledged.size >= enough);
    process.kill(
      Number(readFileSync(join(folder.path, "postgres", "postmaster.pid"), "utf8").split("\n")[0]),
      "SIGKILL",
    );
  }
  const enough = acknowledged.size + 150;
  await until(() => acknowledged.size >= enough);
  going = false;
  await Promise.all(crowd);
  await until(async () => (await readyStatus(server.address)) === 200);

  const sum = async () => {
    const counters = [];
    for (const code of codes) counters.push(await counterOf(shop, code));
    return counters.reduce((all, one) => all + one, 0);
  };
  const counted = await sum();
  expect(counted).toBeGreaterThanOrEqual(acknowledged.size);
  expect(counted).toBeLessThanOrEqual(acknowledged.size + unknown.size);
  // Closing it again tells what it was told, where it is there; else it would be counted now.
  const again = async (sessions: Set<number>) => {
    for (const nth of sessions) expect(await close(nth)).toEqual({ kind: "accepted" });
  };
  await again(acknowledged);
  expect(await sum()).toBe(counted);
  await again(unknown);
  expect(await sum()).toBe(acknowledged.size + unknown.size);
  shop.close();
  expect(await auditOf(embeddedUrl(folder.path))).toEqual([]);
}, 180_000);
