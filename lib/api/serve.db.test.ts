import { once } from "node:events";
import type { Server } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { createKey, revokeKey, rotateKey } from "@/lib/keys/commands";
import { caller, keyFor, startApi } from "@/lib/testing/api";
import { admitted, makeCampaign } from "@/lib/testing/builders";

let server: Server;
let address = "";
beforeAll(async () => {
  ({ server, address } = await startApi());
});
afterAll(() => server.close());

let scope: CampaignIds = { applicationId: 0, campaignId: 0 };
let key = "";
let ask: ReturnType<typeof caller>;
beforeEach(async () => {
  scope = await makeCampaign();
  key = await keyFor(scope.applicationId, "integration");
  ask = caller(address, `ApiKey-v1 ${key}`);
});
const made = (more: object = {}) => ({
  campaignId: scope.campaignId,
  advocateProfileIntegrationId: "cust_ann",
  ...more,
});
const count = () => db.referral.count({ where: { applicationId: scope.applicationId } });

describe("a request that is in order", () => {
  it("makes a code, and answers with all that is stored of it", async () => {
    const { status, body, headers } = await ask(
      "POST",
      "/v1/referrals",
      made({
        friendProfileIntegrationId: "cust_bob",
        startDate: "2030-01-31T10:05:27.993+01:00",
        expiryDate: "2031-01-01T00:00:00Z",
        usageLimit: 5,
        attributes: { tier: "gold", vip: true },
      }),
    );
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(Number),
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      campaignId: scope.campaignId,
      code: expect.stringMatching(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/),
      advocateProfileIntegrationId: "cust_ann",
      friendProfileIntegrationId: "cust_bob",
      usageLimit: 5,
      usageCounter: 0,
      startDate: "2030-01-31T09:05:27.993Z",
      expiryDate: "2031-01-01T00:00:00.000Z",
      attributes: { tier: "gold", vip: true },
    });
    expect(headers.get("set-cookie")).toBeNull();
    const operation = await db.operation.findFirstOrThrow({ where: { applicationId: scope.applicationId } });
    expect([operation.kind, operation.actorKind, operation.actorName]).toEqual([
      "create",
      "key",
      "integration of the test",
    ]);
  });

  it("is answered for any host and any origin, because the key is the fence", async () => {
    const { status } = await ask("POST", "/v1/referrals", made(), { origin: "https://shop.example" });
    expect(status).toBe(201);
  });
});

describe("who asks", () => {
  const refused = async (authorization: string | undefined) => {
    const { status, body } = await caller(address, authorization)("POST", "/v1/referrals", made());
    expect(await count()).toBe(0);
    expect(body).toEqual({ message: expect.any(String), StatusCode: 401 });
    return status;
  };
  it("is refused without a key, with one of another scheme or kind, a wrong or a mistyped one", async () => {
    const management = await keyFor(scope.applicationId, "management");
    const wrong = `${key.slice(0, -1)}${key.endsWith("A") ? "B" : "A"}`;
    const sent = [
      undefined,
      "",
      key,
      `Basic ${key}`,
      `Bearer ${key}`,
      `ManagementKey-v1 ${key}`,
      `ApiKey-v1 ${management}`,
    ];
    for (const header of [
      ...sent,
      `ApiKey-v1 ${wrong}`,
      `ApiKey-v1 ${key} ${key}`,
      "ApiKey-v1",
      `ApiKey-v1 ${"x".repeat(9000)}`,
    ])
      expect(await refused(header)).toBe(401);
  });

  it("is refused when the key is revoked or expired; both work while one replaces the other", async () => {
    const place = admitted({ applicationId: scope.applicationId });
    const terms = { kind: "integration", name: "Shop", permissions: undefined, perSecond: 100, expires: null } as const;
    const first = await createKey(place, terms);
    const next = await rotateKey(place, { keyId: first.keyId });
    await revokeKey(place, { keyId: first.keyId });
    expect(await refused(`ApiKey-v1 ${first.key}`)).toBe(401);
    expect((await caller(address, `apikey-v1  ${next.key}`)("POST", "/v1/referrals", made())).status).toBe(201);
    await db.apiKey.updateMany({ where: { applicationId: scope.applicationId }, data: { expires: new Date(0) } });
    const late = await createKey(place, terms);
    await db.apiKey.updateMany({ where: { applicationId: scope.applicationId }, data: { expires: new Date(0) } });
    expect((await caller(address, `ApiKey-v1 ${late.key}`)("POST", "/v1/referrals", made())).status).toBe(401);
  });

  it("is refused what the key is not allowed, and slowed down beyond its rate", async () => {
    const other = await keyFor(scope.applicationId, "integration", ["customers.read"]);
    const { status, body } = await caller(address, `ApiKey-v1 ${other}`)("POST", "/v1/referrals", made());
    expect([status, body]).toEqual([403, { message: expect.stringContaining("referrals.create") }]);
    const place = admitted({ applicationId: scope.applicationId });
    const slow = await createKey(place, {
      kind: "integration",
      name: "Slow",
      permissions: undefined,
      perSecond: 1,
      expires: null,
    });
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => caller(address, `ApiKey-v1 ${slow.key}`)("POST", "/v1/referrals", made())),
    );
    const over = answers.filter((answer) => answer.status === 429);
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(5);
    expect(over).toHaveLength(7);
    for (const { headers } of over) expect(Number(headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(await count()).toBe(5);
  });

  it("does not learn of another application", async () => {
    const elsewhere = await makeCampaign();
    const body = { ...made(), campaignId: elsewhere.campaignId };
    const unknown = await ask("POST", "/v1/referrals", { ...made(), campaignId: 2_000_000_000 });
    const foreign = await ask("POST", "/v1/referrals", body);
    const told = (answer: typeof foreign) => JSON.stringify(answer.body).replace(/campaign \d+/g, "campaign");
    expect([unknown.status, foreign.status]).toEqual([404, 404]);
    expect(told(foreign)).toBe(told(unknown));
  });
});

describe("what is sent", () => {
  const cases: [string, unknown, RegExp, string?][] = [
    ["nothing", "", /empty/],
    ["no JSON", "{", /no JSON/],
    ["no object", "[]", /./],
    ["null", "null", /./],
    ["a wrong type", made({ usageLimit: "5" }), /limit/, "/usageLimit"],
    ["a number out of range", made({ usageLimit: 1_000_000 }), /out of range/, "/usageLimit"],
    ["a fraction", made({ usageLimit: 1.5 }), /whole/, "/usageLimit"],
    ["an unknown key", made({ code: "MINE" }), /code/, "/code"],
    ["an operator", made({ advocateProfileIntegrationId: { $gt: "" } }), /./, "/advocateProfileIntegrationId"],
    ["a list", made({ advocateProfileIntegrationId: ["a"] }), /./, "/advocateProfileIntegrationId"],
    ["nothing where something is needed", { campaignId: 1 }, /./, "/advocateProfileIntegrationId"],
    ["a NUL", made({ advocateProfileIntegrationId: "a\u0000b" }), /stored/, "/advocateProfileIntegrationId"],
    [
      "a lone surrogate",
      '{"campaignId":1,"advocateProfileIntegrationId":"\\ud800"}',
      /stored/,
      "/advocateProfileIntegrationId",
    ],
    [
      "a long text",
      made({ advocateProfileIntegrationId: "x".repeat(1_000_000) }),
      /1,000/,
      "/advocateProfileIntegrationId",
    ],
    ["a date without a zone", made({ startDate: "2030-01-01T00:00:00" }), /zone/, "/startDate"],
    ["a day that is not", made({ expiryDate: "2030-02-30T00:00:00Z" }), /30 Feb/, "/expiryDate"],
    [
      "an end before the start",
      made({ startDate: "2030-01-01T00:00:00Z", expiryDate: "2029-01-01T00:00:00Z" }),
      /./,
      "/expiryDate",
    ],
    ["an unknown attribute", made({ attributes: { size: 1 } }), /./, "/attributes/size"],
    ["an attribute of another type", made({ attributes: { vip: "yes" } }), /./, "/attributes/vip"],
    [
      "the advocate as the friend",
      made({ friendProfileIntegrationId: "cust_ann" }),
      /own code/,
      "/friendProfileIntegrationId",
    ],
    ["what is nested deep", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, /stored/],
    ["bytes that are no text", new Uint8Array([0x7b, 0xff, 0x7d]), /UTF-8/],
  ];
  it.each(cases)("%s is refused with 400, its place and the mend", async (_, sent, words, place) => {
    const body =
      typeof sent === "object" && sent !== null && "campaignId" in sent
        ? { ...sent, campaignId: scope.campaignId }
        : sent;
    const answer = await ask("POST", "/v1/referrals", body);
    expect(answer.status).toBe(400);
    const said = answer.body as {
      message: string;
      errors?: { title: string; details: string; source: { pointer: string } }[];
    };
    expect(JSON.stringify(said)).toMatch(words);
    if (place !== undefined) expect(said.errors?.map(({ source }) => source.pointer)).toContain(place);
    expect(await count()).toBe(0);
  });

  const advocate = '"advocateProfileIntegrationId":"a"';
  it.each<[name: string, text: string, status: number]>([
    ["objects in objects, 10,000 deep", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`, 400],
    ["lists in lists, a million deep", "[".repeat(1_000_000), 400],
    ["a million names", `{${Array.from({ length: 1_000_000 }, (_, n) => `"k${n}":1`).join(",")}}`, 400],
    ["__proto__", `{"__proto__":{"polluted":1},"campaignId":1,${advocate}}`, 400],
    ["__proto__ in attributes", `{"attributes":{"__proto__":{"polluted":1}},"campaignId":1,${advocate}}`, 400],
    ["constructor.prototype", `{"constructor":{"prototype":{"polluted":1}},"campaignId":1,${advocate}}`, 400],
    ["a number beyond all", `{"campaignId":1e400,${advocate}}`, 400],
    ["a name twice, the second one wrong", `{"campaignId":1,"campaignId":"x",${advocate}}`, 400],
    ["a text of 20 MB", `{"campaignId":1,"advocateProfileIntegrationId":"${"x".repeat(20_000_000)}"}`, 413],
  ])("%s is refused, changes nothing and no object (B4)", async (_, text, status) => {
    const sent = text.replace('"campaignId":1,', `"campaignId":${scope.campaignId},`);
    expect((await ask("POST", "/v1/referrals", sent)).status).toBe(status);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect("polluted" in {}).toBe(false);
    expect(await count()).toBe(0);
  });

  it("is refused by its type, its method, its address, its length and its coding", async () => {
    const asked = async (...given: Parameters<typeof ask>) => (await ask(...given)).status;
    expect(await asked("POST", "/v1/referrals", made(), { "content-type": "text/plain" })).toBe(415);
    expect(await asked("POST", "/v1/referrals", made(), { "content-encoding": "gzip" })).toBe(415);
    expect(await asked("POST", "/v1/referrals", `"${"x".repeat(16 * 1024 * 1024)}"`)).toBe(413);
    expect(await asked("POST", "/v1/referral", made())).toBe(404);
    expect(await asked("POST", "/v1/%zz", made())).toBe(404);
    expect(await asked("POST", "/v1/referrals?silent=yes", made())).toBe(400);
    for (const method of ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"]) {
      const { status, headers } = await ask(method, "/v1/referrals");
      expect([status, headers.get("allow")]).toEqual([405, "POST"]);
    }
    expect(await count()).toBe(0);
  });

  it("ends the connection of a body that nobody reads to its end", async () => {
    const { port } = new URL(address);
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(
      `POST /v1/referrals HTTP/1.1\r\nHost: x\r\nAuthorization: ApiKey-v1 ${key}\r\nContent-Type: application/json\r\nContent-Length: 999999999\r\n\r\n{`,
    );
    let text = "";
    for await (const chunk of socket) text += String(chunk);
    expect(text).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close/i);
  });
});

describe("a body of unknown length that is longer than is read", () => {
  const megabyte = `${(1024 * 1024).toString(16)}\r\n${"x".repeat(1024 * 1024)}\r\n`;
  /** Begins to send one, and does not look at what is answered meanwhile. */
  function begin() {
    const socket = connect(Number(new URL(address).port), "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(
      `POST /v1/referrals HTTP/1.1\r\nHost: x\r\nAuthorization: ApiKey-v1 ${key}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    return socket;
  }
  /** Sends so many megabytes, as fast as they are taken; how many were. */
  async function pour(socket: ReturnType<typeof begin>, megabytes: number): Promise<number> {
    for (let sent = 0; sent < megabytes; sent += 1) {
      if (!socket.write(megabyte) && !socket.destroyed)
        await Promise.race(["drain", "close", "error"].map((event) => once(socket, event).catch(() => undefined)));
      if (socket.destroyed) return sent;
    }
    return megabytes;
  }

  it("is answered with 413, also to who reads nothing before all is sent", async () => {
    const socket = begin();
    expect(await pour(socket, 40)).toBe(40);
    socket.write("0\r\n\r\n");
    let text = "";
    for await (const chunk of socket) text += String(chunk);
    expect(text).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close[\s\S]*A JSON body may have 16 MB/i);
  });

  it("ends where it has no end, and no more of it is kept than is read", async () => {
    const before = process.memoryUsage().arrayBuffers;
    const socket = begin();
    socket.resume();
    const sent = await pour(socket, 1000);
    expect(sent).toBeLessThan(150); // what is read, what is let go, and what lies on the way
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150 * 1024 * 1024);
    const all = await Promise.all(
      Array.from({ length: 3 }, () => ask("POST", "/v1/referrals", `"${"x".repeat(15 * 1024 * 1024)}"`)),
    );
    expect(all.map(({ status }) => status)).toEqual([400, 400, 400]); // read whole: room for bodies was given back
  });
});

describe("an Idempotency-Key", () => {
  const repeatable = { "idempotency-key": "order 1" };
  it("gives the first answer again, to the byte, and makes nothing more", async () => {
    const first = await ask("POST", "/v1/referrals", made(), repeatable);
    const second = await ask("POST", "/v1/referrals", made(), repeatable);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.text).toBe(first.text);
    expect(await count()).toBe(1);
    const bad = await ask("POST", "/v1/referrals", made({ attributes: { size: 1 } }), { "idempotency-key": "bad" });
    expect(
      await ask("POST", "/v1/referrals", made({ attributes: { size: 1 } }), { "idempotency-key": "bad" }),
    ).toMatchObject({
      status: 400,
      text: bad.text,
    });
  });

  it("is refused with another body, and too long", async () => {
    await ask("POST", "/v1/referrals", made(), repeatable);
    expect((await ask("POST", "/v1/referrals", made({ usageLimit: 2 }), repeatable)).status).toBe(422);
    expect((await ask("POST", "/v1/referrals", made(), { "idempotency-key": "x".repeat(256) })).status).toBe(400);
    expect(await count()).toBe(1);
  });

  it("lets one of many at once make a code; the others get its answer, or are told to wait", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask("POST", "/v1/referrals", made(), repeatable)),
    );
    expect(new Set(answers.map(({ status }) => status))).toSatisfy((all: Set<number>) =>
      [...all].every((status) => status === 201 || status === 409),
    );
    const texts = new Set(answers.filter(({ status }) => status === 201).map(({ text }) => text));
    expect(texts.size).toBe(1);
    expect(await count()).toBe(1);
  });

  it("is another one with another key, and anew after a day or a crash", async () => {
    await ask("POST", "/v1/referrals", made(), repeatable);
    const other = caller(address, `ApiKey-v1 ${await keyFor(scope.applicationId, "integration")}`);
    expect((await other("POST", "/v1/referrals", made(), repeatable)).status).toBe(201);
    expect(await count()).toBe(2);
    const where = { applicationId: scope.applicationId };
    // As a crash between making the code and keeping the answer leaves it: the code of the first request is found again.
    await db.apiAnswer.updateMany({ where, data: { status: null, body: null, leaseUntil: new Date(0) } });
    expect((await ask("POST", "/v1/referrals", made(), repeatable)).status).toBe(201);
    expect(await count()).toBe(2);
  });
});
