import { connect } from "node:net";
import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { createKey, revokeKey, rotateKey } from "@/lib/keys/commands";
import { address, caller, keyFor, withApi } from "@/lib/testing/api";
import { admitted, makeCampaign } from "@/lib/testing/builders";

withApi();

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
    const recorded = await db.auditEntry.findMany({ where: { event: "refused", applicationId: scope.applicationId } });
    expect(recorded).toMatchObject([
      { subject: "to make codes", actorKind: "key", actorName: "integration of the test", actorRole: null },
    ]);
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
    [
      "null, which a new code has no date by",
      made({ startDate: null }),
      /such as 2027-01-31T13:30:00Z\."/,
      "/startDate",
    ],
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
