import type { Server } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db, pool } from "@/lib/db";
import { checkRedemptions } from "@/lib/redemptions/check";
import { caller, keyFor, startApi } from "@/lib/testing/api";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";

let server: Server;
let address = "";
beforeAll(async () => {
  ({ server, address } = await startApi());
});
afterAll(() => server.close());

let scope: CampaignIds = { applicationId: 0, campaignId: 0 };
let ask: ReturnType<typeof caller>;
beforeEach(async () => {
  scope = await makeCampaign();
  ask = caller(address, `ApiKey-v1 ${await keyFor(scope.applicationId, "integration")}`);
});

interface State {
  effects: { campaignId: number; effectType: string; props: { value: string; rejectionReason?: string } }[];
  customerSession?: { state: string; referralCode?: string; firstSession: boolean; total: number; profileId: string };
  referral?: { usageCounter: number; referredCustomers: string[]; code: string };
  customerProfile?: { integrationId: string; closedSessions: number };
}
const put = (session: string, customerSession: object, query = "", responseContent?: string[], headers = {}) =>
  ask(
    "PUT",
    `/v2/customer_sessions/${encodeURIComponent(session)}${query}`,
    { customerSession, ...(responseContent && { responseContent }) },
    headers,
  );
/** What came of an update: effect and reason, in short. */
async function told(session: string, customerSession: object, query = ""): Promise<string[]> {
  const { status, body, text } = await put(session, customerSession, query);
  expect(status, text).toBe(200);
  return (body as State).effects.map(({ effectType, props }) =>
    [effectType, props.value, props.rejectionReason].filter(Boolean).join(" "),
  );
}
const stored = async () => [
  await db.customerSession.count({ where: { applicationId: scope.applicationId } }),
  await db.customerProfile.count({ where: { applicationId: scope.applicationId } }),
  await db.redemption.count({ where: { applicationId: scope.applicationId } }),
];
async function counter(code: string): Promise<number | undefined> {
  const row = await db.referral.findFirst({
    where: { applicationId: scope.applicationId, code },
    select: { usageCounter: true },
  });
  return row?.usageCounter;
}
const sound = async () => expect(await checkRedemptions(admitted(scope))).toEqual({ wrong: 0, rows: [] });
const budget = (entity: "Profile" | "Referral" | null, amount: number, period: string | null = null) =>
  db.budget.create({ data: { ...scope, action: "redeemReferral", entity, amount, period } });
const uses = async () =>
  (await db.budgetUse.findMany({ where: { applicationId: scope.applicationId }, orderBy: { id: "asc" } })).map(
    ({ counter }) => counter,
  );

describe("a session", () => {
  it("with a good code is told so while it is open, counts when it closes, once, and gives it back when it is cancelled", async () => {
    await makeBatch(scope, [{ code: "WELCOME-1", usageLimit: 5 }]);
    expect(await told("s/1 x", { profileId: "Bob", referralCode: "welcome-1" })).toEqual(["acceptReferral WELCOME-1"]);
    expect(await counter("WELCOME-1")).toBe(0);
    expect(await told("s/1 x", { state: "closed" })).toEqual(["acceptReferral WELCOME-1"]);
    expect(await told("s/1 x", { state: "closed", profileId: "Bob", referralCode: "welcome-1" })).toEqual([
      "acceptReferral WELCOME-1",
    ]);
    expect(await counter("WELCOME-1")).toBe(1);
    expect(await told("s/1 x", { state: "cancelled" })).toEqual(["rollbackReferral WELCOME-1"]);
    expect(await told("s/1 x", { state: "cancelled" })).toEqual([]);
    expect(await counter("WELCOME-1")).toBe(0);
    await sound();
  });

  it("can be reopened, and redeem another code then", async () => {
    await makeBatch(scope, [{ code: "CODE-A" }, { code: "CODE-B" }]);
    await told("s", { profileId: "Bob", referralCode: "CODE-A", state: "closed" });
    const reopened = await ask("PUT", "/v2/customer_sessions/s/reopen");
    expect([reopened.status, (reopened.body as State).effects[0]?.effectType]).toEqual([200, "rollbackReferral"]);
    expect(await told("s", { referralCode: "CODE-B", state: "closed" })).toEqual(["acceptReferral CODE-B"]);
    expect([await counter("CODE-A"), await counter("CODE-B")]).toEqual([0, 1]);
    await sound();
  });

  it("keeps what is left out, and drops a code that is sent empty", async () => {
    await makeBatch(scope, [{ code: "CODE-A" }]);
    await told("s", {
      profileId: "Bob",
      referralCode: "CODE-A",
      cartItems: [{ name: "Shoe", sku: "1", quantity: 2, price: 10.5, color: "red" }],
    });
    expect(await told("s", { attributes: { channel: "app" } })).toEqual(["acceptReferral CODE-A"]);
    const { body } = await put("s", { referralCode: "" }, "", ["customerSession"]);
    const { customerSession } = body as State;
    expect(customerSession).toMatchObject({
      state: "open",
      total: 21,
      cartItems: [{ color: "red" }],
      attributes: { channel: "app" },
      profileId: "Bob",
    });
    expect(customerSession).not.toHaveProperty("referralCode");
    expect(await told("s", { state: "closed" })).toEqual([]);
    expect(await counter("CODE-A")).toBe(0);
  });

  it("takes items back, and stays redeemed", async () => {
    await makeBatch(scope, [{ code: "CODE-A" }]);
    await told("s", {
      profileId: "Bob",
      referralCode: "CODE-A",
      state: "closed",
      cartItems: [{ quantity: 2 }, { quantity: 1 }],
    });
    const back = (items: object[]) =>
      ask("POST", "/v2/customer_sessions/s/returns", {
        return: { returnedCartItems: items },
        responseContent: ["customerSession"],
      });
    expect((await back([{ position: 0, quantity: 1 }])).body).toMatchObject({
      customerSession: { state: "partially_returned" },
    });
    expect((await back([{ position: 0, quantity: 2 }])).status).toBe(400);
    expect((await back([{ position: 2 }])).status).toBe(400);
    expect((await back([{ position: 0 }, { position: 1 }])).status).toBe(200);
    expect(await counter("CODE-A")).toBe(1);
    expect(await told("s", { state: "cancelled" })).toEqual(["rollbackReferral CODE-A"]);
  });

  it("is read with the effects that still hold", async () => {
    await makeBatch(scope, [{ code: "CODE-A" }]);
    const read = async () => (await ask("GET", "/v2/customer_sessions/s")).body as State;
    expect((await ask("GET", "/v2/customer_sessions/s")).status).toBe(404);
    await told("s", { profileId: "Bob", referralCode: "CODE-A" });
    expect((await read()).effects).toHaveLength(1);
    await told("s", { state: "closed" });
    expect(await read()).toMatchObject({
      customerSession: { state: "closed", firstSession: true },
      effects: [{ effectType: "acceptReferral" }],
    });
    await told("s", { state: "cancelled" });
    expect((await read()).effects).toEqual([]);
    const other = caller(address, `ApiKey-v1 ${await keyFor((await makeCampaign()).applicationId, "integration")}`);
    expect((await other("GET", "/v2/customer_sessions/s")).status).toBe(404);
  });

  it("answers what it is asked for", async () => {
    await makeBatch(scope, [{ code: "CODE-A" }]);
    await told("before", { profileId: "Bob" });
    const all = ["customerSession", "customerProfile", "referral", "coupons", "ruleFailureReasons", "event", "loyalty"];
    const { body } = await put("s", { profileId: "Bob", referralCode: "CODE-A", state: "closed" }, "", all);
    expect(body).toMatchObject({
      createdCoupons: [],
      createdReferrals: [],
      coupons: [],
      ruleFailureReasons: [],
      customerSession: { firstSession: false },
      customerProfile: { integrationId: "Bob", closedSessions: 1 },
      referral: { code: "CODE-A", usageCounter: 1, referredCustomers: ["Bob"] },
    });
  });

  it("is stored by several requests at once as one, and refused beyond three", async () => {
    await makeBatch(scope, [{ code: "CODE-A", usageLimit: 1 }]);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => put("s", { profileId: "Bob", referralCode: "CODE-A", state: "closed" })),
    );
    const refused = answers.filter(({ status }) => status === 409);
    for (const { body } of refused) expect(body).toMatchObject({ StatusCode: 409, errors: expect.any(Array) });
    const done = answers.filter(({ status }) => status === 200);
    expect(done.length + refused.length).toBe(12);
    for (const { body } of done) expect((body as State).effects[0]?.effectType).toBe("acceptReferral");
    expect(await counter("CODE-A")).toBe(1);
    expect(await stored()).toEqual([1, 1, 1]);
  });

  it("is closed once by an Idempotency-Key, with the same answer to the byte", async () => {
    await makeBatch(scope, [{ code: "CODE-A" }]);
    const close = () =>
      put("s", { profileId: "Bob", referralCode: "CODE-A", state: "closed" }, "", ["referral"], {
        "idempotency-key": "k",
      });
    const first = await close();
    await told("s", { state: "cancelled" });
    expect((await close()).text).toBe(first.text);
    expect(await counter("CODE-A")).toBe(0);
  });
});

describe("a code is rejected", () => {
  it("with its reason; the session closes all the same, and nothing is counted", async () => {
    await makeBatch(scope, [
      { code: "EARLY", validFrom: "2099-01-01T00:00:00Z" },
      { code: "LATE", validUntil: "2020-01-01T00:00:00Z" },
      { code: "FULL", usageLimit: 1, usageCounter: 1 },
      { code: "BOUND" },
      { code: "GOOD" },
    ]);
    await db.referral.updateMany({
      where: { applicationId: scope.applicationId, code: "BOUND" },
      data: { friendIntegrationId: "Cem" },
    });
    const cases: [string, string | undefined, string][] = [
      ["NONE", "Bob", "ReferralNotFound"],
      ["EARLY", "Bob", "ReferralStartDateInFuture"],
      ["LATE", "Bob", "ReferralExpired"],
      ["FULL", "Bob", "ReferralLimitReached"],
      ["GOOD", undefined, "ProfileRequired"],
      ["GOOD", "cust_5", "ReferralRecipientIdSameAsAdvocate"],
      ["BOUND", "Bob", "ReferralRecipientDoesNotMatch"],
    ];
    for (const [n, [code, profileId, reason]] of cases.entries()) {
      const session = { state: "closed", referralCode: code, ...(profileId && { profileId }) };
      expect(await told(`open ${n}`, { ...session, state: "open" })).toEqual([`rejectReferral ${code} ${reason}`]);
      expect(await told(`closed ${n}`, session)).toEqual([`rejectReferral ${code} ${reason}`]);
    }
    expect(await told("first", { state: "closed", referralCode: "GOOD", profileId: "Bob" })).toEqual([
      "acceptReferral GOOD",
    ]);
    expect(await told("again", { state: "closed", referralCode: "BOUND", profileId: "Bob" })).toEqual([
      "rejectReferral BOUND ReferralRecipientDoesNotMatch",
    ]);
    await makeBatch(scope, [{ code: "SECOND" }]);
    expect(await told("third", { state: "closed", referralCode: "SECOND", profileId: "Bob" })).toEqual([
      "rejectReferral SECOND ReferralCustomerAlreadyReferred",
    ]);
    await sound();
  });

  it("when it is used up between opening and closing", async () => {
    await makeBatch(scope, [{ code: "LAST", usageLimit: 1 }]);
    await told("a", { profileId: "Ann", referralCode: "LAST" });
    await told("b", { profileId: "Bob", referralCode: "LAST", state: "closed" });
    expect(await told("a", { state: "closed" })).toEqual(["rejectReferral LAST ReferralLimitReached"]);
  });

  it("when its campaign does not run", async () => {
    await makeBatch(scope, [{ code: "CODE" }]);
    const where = { applicationId_id: { applicationId: scope.applicationId, id: scope.campaignId } };
    const ended = { endTime: new Date("2020-01-01T00:00:00Z"), startTime: new Date("2019-01-01T00:00:00Z") };
    for (const data of [
      { state: "disabled" },
      { state: "archived" },
      { state: "enabled", features: [] },
      { features: ["referrals"], ...ended },
    ]) {
      await db.campaign.update({ where, data });
      expect(await told("s", { profileId: "Bob", referralCode: "CODE" })).toEqual([
        "rejectReferral CODE ReferralPartOfNotRunningCampaign",
      ]);
    }
  });
});

describe("a trial", () => {
  it("stores and counts nothing, and looks at what is given only", async () => {
    await makeBatch(scope, [{ code: "CODE", validFrom: "2098-01-01T00:00:00Z" }]);
    const session = { profileId: "Bob", referralCode: "CODE", state: "closed" };
    expect(await told("s", session, "?dry=true")).toEqual(["rejectReferral CODE ReferralStartDateInFuture"]);
    expect(await told("s", session, "?dry=true&now=2099-01-01T00:00:00%2B01:00")).toEqual(["acceptReferral CODE"]);
    expect(await told("s", {}, "?dry=true")).toEqual([]);
    expect(await stored()).toEqual([0, 0, 0]);
    const { body } = await put("s", session, "?dry=true", ["referral", "customerSession", "customerProfile"]);
    expect(body).toMatchObject({ referral: { code: "CODE", usageCounter: 0 } });
    expect(body).not.toHaveProperty("customerSession");
    expect((await ask("GET", "/v2/customer_sessions/s")).status).toBe(404);
  });

  it("goes in the campaigns that it names, disabled ones too", async () => {
    await makeBatch(scope, [{ code: "CODE" }]);
    await db.campaign.update({
      where: { applicationId_id: { applicationId: scope.applicationId, id: scope.campaignId } },
      data: { state: "disabled" },
    });
    const session = (ids: number[]) => ({ profileId: "Bob", referralCode: "CODE", evaluableCampaignIds: ids });
    expect(await told("s", session([scope.campaignId]), "?dry=true")).toEqual(["acceptReferral CODE"]);
    expect(await told("s", session([scope.campaignId + 1]), "?dry=true")).toEqual([
      "rejectReferral CODE ReferralPartOfNotRunningCampaign",
    ]);
    expect(await told("s", session([scope.campaignId]))).toEqual([
      "rejectReferral CODE ReferralPartOfNotRunningCampaign",
    ]);
  });
});

describe("budgets", () => {
  it("hold for the campaign, each friend and each code together, and are given back", async () => {
    await makeBatch(scope, [
      { code: "CODE-A", usageLimit: 0 },
      { code: "CODE-B", usageLimit: 0 },
    ]);
    await budget(null, 3);
    await budget("Referral", 2);
    await budget("Profile", 1);
    const close = (n: number, code: string) =>
      told(`s${n}`, { profileId: `friend ${n}`, referralCode: code, state: "closed" });
    expect(await close(1, "CODE-A")).toEqual(["acceptReferral CODE-A"]);
    expect(await close(2, "CODE-A")).toEqual(["acceptReferral CODE-A"]);
    expect(await close(3, "CODE-A")).toEqual(["rejectReferral CODE-A ReferralLimitReached"]);
    expect(await close(4, "CODE-B")).toEqual(["acceptReferral CODE-B"]);
    expect(await close(5, "CODE-B")).toEqual(["rejectReferral CODE-B CampaignLimitReached"]);
    expect((await uses()).reduce((sum, one) => sum + one, 0)).toBe(9);
    expect(await told("s1", { state: "cancelled" })).toEqual(["rollbackReferral CODE-A"]);
    expect((await uses()).reduce((sum, one) => sum + one, 0)).toBe(6);
    expect(await close(6, "CODE-A")).toEqual(["acceptReferral CODE-A"]);
  });

  it("let exactly as many in as they have, of three times as many at once, over several codes", async () => {
    await makeBatch(
      scope,
      Array.from({ length: 4 }, (_, n) => ({ code: `CODE-${n}`, usageLimit: 0 })),
    );
    await budget(null, 10);
    await budget("Referral", 4);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        told(`s${n}`, { profileId: `f${n}`, referralCode: `CODE-${n % 4}`, state: "closed" }),
      ),
    );
    expect(answers.filter(([effect]) => effect?.startsWith("accept"))).toHaveLength(10);
    const perCode = await pool.query<{ n: number }>(
      "SELECT usage_counter AS n FROM referral WHERE application_id = $1",
      [scope.applicationId],
    );
    for (const { n } of perCode.rows) expect(n).toBeLessThanOrEqual(4);
    await sound();
  });

  it("of nothing allow nothing, and begin with their period on the application's clocks", async () => {
    await makeBatch(scope, [{ code: "CODE", usageLimit: 0 }]);
    const none = await budget(null, 0);
    expect(await told("s", { profileId: "Bob", referralCode: "CODE", state: "closed" })).toEqual([
      "rejectReferral CODE CampaignLimitReached",
    ]);
    await db.budget.delete({ where: { applicationId_id: { applicationId: scope.applicationId, id: none.id } } });
    for (const period of ["daily", "weekly", "monthly", "yearly"]) await budget(null, 5, period);
    await told("t", { profileId: "Ann", referralCode: "CODE", state: "closed" });
    const { rows } = await pool.query<{ period: string; right: boolean }>(
      `SELECT b.period, u.begins = date_trunc(CASE b.period WHEN 'daily' THEN 'day' ELSE replace(b.period, 'ly', '') END, now() AT TIME ZONE 'Europe/Berlin')
         AT TIME ZONE 'Europe/Berlin' AS right
       FROM budget_use u JOIN budget b ON b.application_id = u.application_id AND b.id = u.budget_id WHERE u.application_id = $1 ORDER BY b.id`,
      [scope.applicationId],
    );
    expect(rows).toEqual(["daily", "weekly", "monthly", "yearly"].map((period) => ({ period, right: true })));
    const later = "?dry=true&now=2099-06-01T00:00:00Z";
    await db.budget.updateMany({ where: { applicationId: scope.applicationId }, data: { amount: 1 } });
    expect(await told("u", { profileId: "Eve", referralCode: "CODE" })).toEqual([
      "rejectReferral CODE CampaignLimitReached",
    ]);
    expect(await told("u", { profileId: "Eve", referralCode: "CODE" }, later)).toEqual(["acceptReferral CODE"]);
  });
});

describe("what is sent", () => {
  const cases: [string, object, string, string | undefined][] = [
    ["a state that is none", { state: "paid" }, "", "/customerSession/state"],
    ["a state that only returns make", { state: "partially_returned" }, "", "/customerSession/state"],
    ["an unknown key", { code: "X" }, "", "/customerSession/code"],
    ["a list as the code", { referralCode: ["X"] }, "", "/customerSession/referralCode"],
    ["a code that is too long", { referralCode: "x".repeat(101) }, "", "/customerSession/referralCode"],
    ["a profile that is too long", { profileId: "x".repeat(1001) }, "", "/customerSession/profileId"],
    ["a clock without a trial", {}, "?now=2099-01-01T00:00:00Z", "now"],
    ["a clock that is past", {}, "?dry=true&now=2020-01-01T00:00:00Z", "now"],
    ["a clock that is none", {}, "?dry=true&now=tomorrow", "now"],
    ["a trial that is neither true nor false", {}, "?dry=maybe", "dry"],
    ["a trial named twice", {}, "?dry=true&dry=true", "dry"],
    ["a parameter that is unknown", {}, "?draft=true", "draft"],
  ];
  it.each(cases)("%s is refused with 400 and its place, and nothing is stored", async (_, session, query, place) => {
    const { status, body } = await put("s", session, query);
    expect(status).toBe(400);
    const sources = (body as { errors: { source: { pointer?: string; parameter?: string } }[] }).errors;
    expect(sources.map(({ source }) => source.pointer ?? source.parameter)).toContain(place);
    expect(await stored()).toEqual([0, 0, 0]);
  });

  it("is refused where the session cannot move so, and it stays as it was", async () => {
    await makeBatch(scope, [{ code: "CODE" }]);
    await told("closed", { profileId: "Bob", referralCode: "CODE", state: "closed" });
    await told("cancelled", { state: "cancelled" });
    const refused = async (answer: ReturnType<typeof ask>) => expect((await answer).status).toBe(400);
    await refused(put("closed", { state: "open" }));
    await refused(put("closed", { referralCode: "OTHER" }));
    await refused(put("cancelled", { state: "closed" }));
    await refused(ask("PUT", "/v2/customer_sessions/cancelled/reopen"));
    expect((await ask("PUT", "/v2/customer_sessions/none/reopen")).status).toBe(404);
    expect(
      (await ask("POST", "/v2/customer_sessions/none/returns", { return: { returnedCartItems: [{ position: 0 }] } }))
        .status,
    ).toBe(404);
    expect(await counter("CODE")).toBe(1);
    const states = await db.customerSession.findMany({
      where: { applicationId: scope.applicationId },
      orderBy: { id: "asc" },
      select: { state: true },
    });
    expect(states).toEqual([{ state: "closed" }, { state: "cancelled" }]);
  });
});

it("whatever sessions do, in whatever order, counters are the ledger's sums and budgets what stands", async () => {
  const deed = fc.record({
    session: fc.integer({ min: 0, max: 4 }),
    code: fc.constantFrom("CODE-0", "CODE-1", ""),
    friend: fc.integer({ min: 0, max: 3 }),
    what: fc.constantFrom("open", "closed", "cancelled", "reopen"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 25 }), async (deeds) => {
      scope = await makeCampaign();
      ask = caller(address, `ApiKey-v1 ${await keyFor(scope.applicationId, "integration")}`);
      await makeBatch(scope, [
        { code: "CODE-0", usageLimit: 2 },
        { code: "CODE-1", usageLimit: 3 },
      ]);
      await budget(null, 3);
      await Promise.all(
        [0, 1].map(async (half) => {
          for (const { session, code, friend, what } of deeds.filter((_, n) => n % 2 === half)) {
            const path = `/v2/customer_sessions/s${session}`;
            const customerSession = { state: what, referralCode: code, profileId: `f${friend}` };
            const { status } =
              what === "reopen" ? await ask("PUT", `${path}/reopen`) : await ask("PUT", path, { customerSession });
            expect([200, 400, 404]).toContain(status);
          }
        }),
      );
      await sound();
      const stands = { where: { applicationId: scope.applicationId, amount: 1, takenBack: false } };
      const standing = await db.redemption.findMany(stands);
      const held = await db.customerSession.findMany({
        where: { applicationId: scope.applicationId, NOT: { redemptionId: null } },
      });
      expect(held.map(({ redemptionId }) => redemptionId).sort()).toEqual(standing.map(({ id }) => id).sort());
      expect((await uses())[0] ?? 0).toBe(standing.length);
      expect(new Set(standing.map(({ friendIntegrationId }) => friendIntegrationId)).size).toBe(standing.length);
    }),
    { numRuns: 30 },
  );
}, 120_000);
