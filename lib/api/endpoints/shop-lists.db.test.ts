import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { address, caller, keyFor, withApi } from "@/lib/testing/api";
import { makeBatch, makeCampaign } from "@/lib/testing/builders";

withApi();

let scope: CampaignIds = { applicationId: 0, campaignId: 0 };
let ask: ReturnType<typeof caller>;
let shop: ReturnType<typeof caller>;
beforeEach(async () => {
  scope = await makeCampaign();
  ask = caller(address, `ManagementKey-v1 ${await keyFor(scope.applicationId, "management")}`);
  shop = caller(address, `ApiKey-v1 ${await keyFor(scope.applicationId, "integration")}`);
});

const inApplication = (rest: string) => `/v1/applications/${scope.applicationId}/${rest}`;
const session = async (id: string, customerSession: object) => {
  const { status, text } = await shop("PUT", `/v2/customer_sessions/${encodeURIComponent(id)}`, { customerSession });
  expect([status, text]).toEqual([200, expect.not.stringContaining("rejectReferral")]);
};
const parameterOf = (body: unknown) =>
  (body as { errors: { source: { parameter: string } }[] }).errors[0]?.source.parameter;

describe("sessions of an application", () => {
  const list = async (query = "") => {
    const { status, body } = await ask("GET", inApplication(`sessions${query}`));
    return status === 200
      ? (body as { data: { integrationId: string }[] }).data.map((one) => one.integrationId)
      : [status, parameterOf(body)];
  };

  it("are found by their code, whole or in part, and by what else they hold", async () => {
    await makeBatch(scope, [{ code: "SHARE-1" }, { code: "SHARE-2" }]);
    await session("a", {
      profileId: "bob",
      referralCode: " share-1 ",
      state: "closed",
      cartItems: [{ sku: "x", price: 2.5, quantity: 2 }],
      attributes: { k: 1 },
    });
    await session("b", { profileId: "cleo", referralCode: "SHARE-2", couponCodes: ["SAVE10", "MORE"] });
    await session("c", {});
    const { body } = await ask("GET", inApplication("sessions?referral=SHARE-1"));
    expect(body).toEqual({
      hasMore: false,
      data: [
        {
          ...{
            id: expect.any(Number),
            created: expect.stringMatching(/Z$/),
            applicationId: scope.applicationId,
            profileId: expect.any(Number),
          },
          ...{
            integrationId: "a",
            profileintegrationid: "bob",
            coupon: "",
            referral: expect.stringMatching(/share-1/i),
            state: "closed",
          },
          ...{
            cartItems: [{ sku: "x", price: 2.5, quantity: 2 }],
            discounts: {},
            totalDiscounts: 0,
            total: 5,
            attributes: { k: 1 },
          },
        },
      ],
    });
    expect(await list()).toEqual(["c", "b", "a"]);
    expect(await list("?sort=created&pageSize=1&skip=1")).toEqual(["b"]);
    expect(await list("?referral=hare")).toEqual([]);
    expect(await list("?referral=hare&partialMatch=true&sort=id")).toEqual(["a", "b"]);
    expect(await list("?referral=ha&partialMatch=true")).toEqual([400, "referral"]);
    expect(await list("?coupon=SAVE10")).toEqual(["b"]);
    expect(await list("?coupon=AVE&partialMatch=true")).toEqual(["b"]);
    expect(await list("?profile=cleo&state=open")).toEqual(["b"]);
    expect(await list("?integrationId=c")).toEqual(["c"]);
    expect(await list("?createdBefore=2020-01-01T00:00:00Z")).toEqual([]);
    expect(await list("?createdAfter=2020-01-01T00:00:00Z&state=closed")).toEqual(["a"]);
    for (const query of [
      "state=lost",
      "sort=total",
      "createdAfter=now",
      "referral=",
      "referral=%00abc",
      "coupon=%00abc",
      "profile=a%00",
      "pageSize=x",
      "refferal=x",
    ])
      expect(await list(`?${query}`)).toEqual([400, query.split("=")[0]]);
    expect((await ask("GET", `/v1/applications/${(await makeCampaign()).applicationId}/sessions`)).status).toBe(403);
  });

  it("that were cancelled are found by the code that they have, and by no other", async () => {
    await makeBatch(scope, [{ code: "SHARE-1" }, { code: "SHARE-2" }]);
    await session("other", { referralCode: "SHARE-2", state: "cancelled" });
    await session("changed", { profileId: "bob", referralCode: "SHARE-1" });
    await session("changed", { referralCode: "share-2", state: "cancelled" });
    await session("dropped", { profileId: "bob", referralCode: "SHARE-1" });
    await session("dropped", { referralCode: "", state: "cancelled" });
    expect(await list("?referral=SHARE-1")).toEqual([]);
    expect(await list("?referral=SHARE-2")).toEqual(["changed", "other"]);
  });

  it("are not found by a part that is nothing but blanks", async () => {
    await makeBatch(scope, [{ code: "SHARE-1" }]);
    await session("a", { profileId: "bob", referralCode: "SHARE-1" });
    for (const part of ["%20%20%20", "%20SH%20"])
      expect(await list(`?referral=${part}&partialMatch=true`)).toEqual([400, "referral"]);
  });
});

describe("redemptions over time", () => {
  const series = (query: string, campaignId = scope.campaignId) =>
    ask("GET", inApplication(`campaigns/${campaignId}/analytics?${query}`));
  const points = async (query: string) =>
    ((await series(query)).body as { data: Record<string, unknown>[] }).data.map((one) => [
      one.date,
      one.referralRedemptions,
      one.totalReferralRedemptions,
    ]);
  const at = (friend: string, created: string, more: object = {}) =>
    db.redemption.create({
      data: {
        ...scope,
        referralId: 1n,
        code: "X",
        friendIntegrationId: friend,
        sessionIntegrationId: friend,
        created: new Date(created),
        ...more,
      },
    });

  it("count in steps of the application's clocks, over a change of the clocks, with what was before", async () => {
    await at("before", "2026-10-20T10:00:00Z");
    await at("same day, before the range", "2026-10-23T22:30:00Z");
    await at("first", "2026-10-24T21:59:59.999Z");
    await at("second", "2026-10-24T22:00:00Z");
    await at("third", "2026-10-25T22:59:59Z");
    await at("taken back", "2026-10-25T12:00:00Z", { takenBack: true });
    await at("after", "2026-10-26T23:00:00Z");
    const range = "rangeStart=2026-10-24T00:00:00Z&rangeEnd=2026-10-26T23:00:00Z";
    expect(await points(range)).toEqual([
      ["2026-10-24T00:00:00.000Z", 1, 3],
      ["2026-10-24T22:00:00.000Z", 2, 5],
      ["2026-10-25T23:00:00.000Z", 0, 5],
    ]);
    expect(await points(`${range}&granularity=1%20week`)).toEqual([
      ["2026-10-24T00:00:00.000Z", 3, 5],
      ["2026-10-25T23:00:00.000Z", 0, 5],
    ]);
    expect(await points(`${range}&granularity=1%20year`)).toEqual([["2026-10-24T00:00:00.000Z", 3, 5]]);
    const hours = await points("rangeStart=2026-10-24T23:00:00Z&rangeEnd=2026-10-25T03:00:00Z&granularity=1%20hour");
    expect(hours.map(([date]) => date)).toEqual(
      [23, 24, 25, 26].map((hour) => new Date(Date.UTC(2026, 9, 24, hour)).toISOString()),
    );
    const { body } = await series(range);
    expect(body).toMatchObject({
      totalResultSize: 3,
      data: [{ referralsCreated: 0, totalReferralsCreated: 0 }, {}, {}],
    });
  });

  it("count an hour that comes twice at midnight on the day that begins with it", async () => {
    await db.application.update({ where: { id: scope.applicationId }, data: { timeZone: "Atlantic/Azores" } });
    await at("first midnight", "2026-10-25T00:30:00Z");
    await at("second midnight", "2026-10-25T01:30:00Z");
    expect(await points("rangeStart=2026-10-24T00:00:00Z&rangeEnd=2026-10-26T01:00:00Z")).toEqual([
      ["2026-10-24T00:00:00.000Z", 0, 0],
      ["2026-10-25T00:00:00.000Z", 2, 2],
    ]);
  });

  it("are refused for a range that is none or too long, and for another application's campaign", async () => {
    const refused: [string, string][] = [
      ["rangeStart=2026-01-01T00:00:00Z", "rangeEnd"],
      ["rangeEnd=2026-01-01T00:00:00Z", "rangeStart"],
      ["rangeStart=2026-01-01T00:00:00Z&rangeEnd=2026-01-01T00:00:00Z", "rangeEnd"],
      ["rangeStart=2020-01-01T00:00:00Z&rangeEnd=2026-01-01T00:00:00Z&granularity=1%20hour", "rangeEnd"],
      ["rangeStart=2026-01-01&rangeEnd=2026-01-02T00:00:00Z", "rangeStart"],
      ["rangeStart=2026-01-01T00:00:00Z&rangeEnd=2026-01-02T00:00:00Z&granularity=day", "granularity"],
    ];
    for (const [query, parameter] of refused) {
      const { status, body } = await series(query);
      expect([status, parameterOf(body)]).toEqual([400, parameter]);
    }
    const range = "rangeStart=2026-01-01T00:00:00Z&rangeEnd=2026-01-02T00:00:00Z";
    expect((await series(range, 2_000_000_000)).status).toBe(404);
    expect((await series(range, (await makeCampaign()).campaignId)).status).toBe(404);
  });
});
