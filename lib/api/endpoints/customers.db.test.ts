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
const redeem = (id: string, profileId: string, referralCode: string) =>
  session(id, { profileId, referralCode, state: "closed" });
const parameterOf = (body: unknown) =>
  (body as { errors: { source: { parameter: string } }[] }).errors[0]?.source.parameter;

describe("friends of an advocate", () => {
  const friends = (advocate: string, query = "") =>
    ask("GET", inApplication(`profile/${encodeURIComponent(advocate)}/friends${query}`));
  const names = async (query: string) =>
    ((await friends("ann/1 %", query)).body as { data: { friendIntegrationId: string }[] }).data.map(
      (one) => one.friendIntegrationId,
    );

  beforeEach(async () => {
    const { ids } = await makeBatch(scope, [{ code: "ANN-0001" }, { code: "ANN-0002" }, { code: "EVE-0001" }]);
    await db.$executeRaw`UPDATE referral SET advocate_integration_id = 'ann/1 %' WHERE application_id = ${scope.applicationId} AND code LIKE 'ANN%'`;
    for (const [n, friend] of ["bob", "cleo", "dora"].entries())
      await redeem(`s/${n}`, friend, `ANN-000${(n % 2) + 1}`);
    await redeem("other", "fay", "EVE-0001");
    expect(ids).toHaveLength(3);
  });

  it("are those whose redemptions count, newest first, with all that is known", async () => {
    const { status, body } = await friends("ann/1 %", "?withTotalResultSize=true");
    expect([status, body]).toEqual([
      200,
      {
        hasMore: false,
        totalResultSize: 3,
        data: [
          ["s/2", "dora", "ANN-0001"],
          ["s/1", "cleo", "ANN-0002"],
          ["s/0", "bob", "ANN-0001"],
        ].map(([sessionId, friendIntegrationId, code]) => ({
          ...{ applicationId: scope.applicationId, advocateIntegrationId: "ann/1 %" },
          ...{ sessionId, friendIntegrationId, code, created: expect.stringMatching(/\.\d{3}Z$/) },
        })),
      },
    ]);
    expect((await friends("nobody")).body).toEqual({ hasMore: false, data: [] });
    expect((await friends("ANN/1 %")).body).toEqual({ hasMore: false, data: [] });
  });

  it("come in pages and orders", async () => {
    expect(await names("?sort=friendIntegrationId&pageSize=2")).toEqual(["bob", "cleo"]);
    expect(await names("?sort=-friendIntegrationId&pageSize=2&skip=2")).toEqual(["bob"]);
    expect(await names("?sort=created")).toEqual(["bob", "cleo", "dora"]);
    expect((await friends("ann/1 %", "?pageSize=2")).body).toMatchObject({ hasMore: true });
    for (const [query, parameter] of [
      ["pageSize=0", "pageSize"],
      ["pageSize=1001", "pageSize"],
      ["skip=-1", "skip"],
      ["sort=id", "sort"],
      ["withTotalResultSize=1", "withTotalResultSize"],
      ["x=1", "x"],
    ]) {
      const { status, body } = await friends("ann/1 %", `?${query}`);
      expect([status, parameterOf(body)]).toEqual([400, parameter]);
    }
  });

  it("are no more when the redemption is taken back, and stay when the code is deleted, edited or made again", async () => {
    expect((await shop("PUT", "/v2/customer_sessions/s%2F0/reopen")).status).toBe(200);
    expect(await names("?sort=created")).toEqual(["cleo", "dora"]);
    const list = (
      await ask("GET", inApplication(`campaigns/${scope.campaignId}/referrals/no_total?advocate=ann%2F1%20%25`))
    ).body as { data: { id: number }[] };
    for (const { id } of list.data)
      expect((await ask("DELETE", inApplication(`campaigns/${scope.campaignId}/referrals/${id}`))).status).toBe(204);
    expect(await names("?sort=created")).toEqual(["cleo", "dora"]);
    await makeBatch(scope, [{ code: "ANN-0001" }]);
    await redeem("s/9", "gus", "ANN-0001");
    expect(await names("?sort=created")).toEqual(["cleo", "dora"]);
    expect((await friends("cust_1")).body).toMatchObject({ data: [{ friendIntegrationId: "gus" }] });
    // a code that comes back brings its friends once
    await db.$executeRaw`UPDATE redemption SET advocate_integration_id = 'cust_1' WHERE application_id = ${scope.applicationId} AND friend_integration_id = 'gus'`;
    expect((await friends("cust_1", "?withTotalResultSize=true")).body).toMatchObject({ totalResultSize: 1 });
  });

  it("are seen by a key of the application with the permission", async () => {
    const path = inApplication("profile/ann/friends");
    const other = await makeCampaign();
    expect((await ask("GET", `/v1/applications/${other.applicationId}/profile/ann/friends`)).status).toBe(403);
    const reader = await keyFor(scope.applicationId, "management", ["referrals.export"]);
    expect((await caller(address, `ManagementKey-v1 ${reader}`)("GET", path)).status).toBe(403);
    expect((await shop("GET", path)).status).toBe(401);
  });
});

describe("an inventory", () => {
  const inventory = (id: string, query = "") =>
    shop("GET", `/v1/customer_profiles/${encodeURIComponent(id)}/inventory${query}`);

  it("has what is asked for, and nothing else", async () => {
    await makeBatch(scope, [{ code: "MINE-0001", attributes: { tier: "gold" } }, { code: "MINE-0002" }]);
    await db.$executeRaw`UPDATE referral SET advocate_integration_id = 'ann' WHERE application_id = ${scope.applicationId}`;
    expect((await inventory("ann", "?referrals=true")).status).toBe(404);
    await redeem("s1", "bob", "MINE-0001");
    await session("s2", { profileId: "ann" });
    expect((await inventory("ann")).body).toEqual({});
    const { body } = await inventory(
      "ann",
      "?referrals=true&profile=true&coupons=true&loyalty=true&giveaways=true&achievements=true",
    );
    expect(body).toEqual({
      profile: expect.objectContaining({ integrationId: "ann", closedSessions: 0 }),
      referrals: expect.any(Array),
      ...{ coupons: [], loyalty: { cards: [], programs: {} }, giveaways: [], achievements: [] },
    });
    const { referrals } = body as { referrals: { code: string }[] };
    expect(referrals.sort((a, b) => (a.code < b.code ? -1 : 1))).toEqual([
      expect.objectContaining({
        code: "MINE-0001",
        usageCounter: 1,
        referredCustomers: ["bob"],
        attributes: { tier: "gold" },
      }),
      expect.objectContaining({ code: "MINE-0002", usageCounter: 0, referredCustomers: [] }),
    ]);
    expect((await inventory("bob", "?referrals=true")).body).toEqual({ referrals: [] });
  });

  it("is refused for who is not known, in another application, and with a flag that is none", async () => {
    await session("s1", { profileId: "Ann" });
    expect((await inventory("ann")).status).toBe(404);
    const other = caller(address, `ApiKey-v1 ${await keyFor((await makeCampaign()).applicationId, "integration")}`);
    expect((await other("GET", "/v1/customer_profiles/Ann/inventory")).status).toBe(404);
    expect(parameterOf((await inventory("Ann", "?referrals=yes")).body)).toBe("referrals");
    expect((await ask("GET", "/v1/customer_profiles/Ann/inventory")).status).toBe(401);
  });
});
