import { describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { makeBatch } from "@/lib/testing/builders";
import { type State, sessionShop } from "@/lib/testing/sessions";

const shop = sessionShop();
const { put, told, stored, counter, sound } = shop;

describe("a session", () => {
  it("with a good code is told so while it is open, counts when it closes, once, and gives it back when it is cancelled", async () => {
    await makeBatch(shop.scope, [{ code: "WELCOME-1", usageLimit: 5 }]);
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
    await makeBatch(shop.scope, [{ code: "CODE-A" }, { code: "CODE-B" }]);
    await told("s", { profileId: "Bob", referralCode: "CODE-A", state: "closed" });
    const reopened = await shop.ask("PUT", "/v2/customer_sessions/s/reopen");
    expect([reopened.status, (reopened.body as State).effects[0]?.effectType]).toEqual([200, "rollbackReferral"]);
    expect(await told("s", { referralCode: "CODE-B", state: "closed" })).toEqual(["acceptReferral CODE-B"]);
    expect([await counter("CODE-A"), await counter("CODE-B")]).toEqual([0, 1]);
    await sound();
  });

  it("keeps what is left out, and drops a code that is sent empty", async () => {
    await makeBatch(shop.scope, [{ code: "CODE-A" }]);
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
    await makeBatch(shop.scope, [{ code: "CODE-A" }]);
    await told("s", {
      profileId: "Bob",
      referralCode: "CODE-A",
      state: "closed",
      cartItems: [{ quantity: 2 }, { quantity: 1 }],
    });
    const back = (items: object[]) =>
      shop.ask("POST", "/v2/customer_sessions/s/returns", {
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
    await makeBatch(shop.scope, [{ code: "CODE-A" }]);
    const read = async () => (await shop.ask("GET", "/v2/customer_sessions/s")).body as State;
    expect((await shop.ask("GET", "/v2/customer_sessions/s")).status).toBe(404);
    await told("s", { profileId: "Bob", referralCode: "CODE-A" });
    expect((await read()).effects).toHaveLength(1);
    await told("s", { state: "closed" });
    expect(await read()).toMatchObject({
      customerSession: { state: "closed", firstSession: true },
      effects: [{ effectType: "acceptReferral" }],
    });
    await told("s", { state: "cancelled" });
    expect((await read()).effects).toEqual([]);
    const other = await shop.stranger();
    expect((await other("GET", "/v2/customer_sessions/s")).status).toBe(404);
  });

  it("answers what it is asked for", async () => {
    await makeBatch(shop.scope, [{ code: "CODE-A" }]);
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

  it("is its customer's first one, or not, also where they are named later", async () => {
    await told("before", { profileId: "Bob" });
    await told("s", {});
    const first = async (profileId: string) =>
      ((await put("s", { profileId }, "", ["customerSession"])).body as State).customerSession?.firstSession;
    expect([await first("Bob"), await first("Bob")]).toEqual([false, false]);
    expect([await first("Eve"), await first("Eve"), await first("")]).toEqual([true, true, true]);
  });

  it("is closed again by its code, however that is written", async () => {
    await makeBatch(shop.scope, [{ code: "CODE-A" }, { code: "CODE-B" }]);
    await told("s", { profileId: "Bob", referralCode: "code-a", state: "closed" });
    expect(await told("s", { referralCode: " CODE-A ", state: "closed" })).toEqual(["acceptReferral CODE-A"]);
    expect((await put("s", { referralCode: "CODE-B", state: "closed" })).status).toBe(400);
    expect(await counter("CODE-A")).toBe(1);
  });

  it("is stored by several requests at once as one, and refused beyond three", async () => {
    await makeBatch(shop.scope, [{ code: "CODE-A", usageLimit: 1 }]);
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

  it("that was busy is closed when the request is repeated, under its Idempotency-Key, too", async () => {
    await told("s", { profileId: "Bob" });
    const statuses: number[] = [];
    const close = async (n: number) => {
      const { status } = await put("s", { state: "closed" }, "", undefined, { "idempotency-key": `k${n}` });
      statuses[n] = status;
    };
    const all = await db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT FROM customer_session WHERE application_id = ${shop.scope.applicationId} FOR UPDATE`;
      const closing = Array.from({ length: 4 }, (_, n) => close(n));
      await Promise.any(closing); // three wait for the session, so that this is the one too many
      return closing;
    });
    await Promise.all(all);
    expect([...statuses].sort()).toEqual([200, 200, 200, 409]);
    await close(statuses.indexOf(409));
    expect(statuses).toEqual([200, 200, 200, 200]);
  });

  it("is closed once by an Idempotency-Key, with the same answer to the byte", async () => {
    await makeBatch(shop.scope, [{ code: "CODE-A" }]);
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
