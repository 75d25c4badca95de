import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { address, caller, keyFor, withApi } from "@/lib/testing/api";
import { makeBatch, makeCampaign } from "@/lib/testing/builders";

withApi();

let scope: CampaignIds = { applicationId: 0, campaignId: 0 };
let ask: ReturnType<typeof caller>;
let path = "";
const pathOf = ({ applicationId, campaignId }: CampaignIds) =>
  `/v1/applications/${applicationId}/campaigns/${campaignId}`;
beforeEach(async () => {
  scope = await makeCampaign();
  path = pathOf(scope);
  ask = caller(address, `ManagementKey-v1 ${await keyFor(scope.applicationId, "management")}`);
});
const least = (more: object = {}) => ({
  name: "Refer a friend",
  tags: [],
  features: ["referrals"],
  limits: [],
  ...more,
});
const put = (more: object = {}) => ask("PUT", path, least(more));

const saved = () =>
  db.campaign.findUniqueOrThrow({
    where: { applicationId_id: { applicationId: scope.applicationId, id: scope.campaignId } },
  });
const budgets = () => db.budget.findMany({ where: scope, orderBy: { id: "asc" } });

describe("a campaign", () => {
  it("is answered with all that is stored of it", async () => {
    await makeBatch(scope, [{ usageCounter: 2 }, { usageCounter: 1 }, {}]);
    const { status, body } = await ask("GET", path);
    expect([status, body]).toEqual([
      200,
      {
        id: scope.campaignId,
        created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        applicationId: scope.applicationId,
        userId: 0,
        name: "Refer a friend",
        description: "",
        attributes: {},
        state: "enabled",
        tags: [],
        features: ["referrals"],
        referralSettings: { couponPattern: "####-####", validCharacters: [..."ABCDEFGHJKLMNPQRSTUVWXYZ23456789"] },
        limits: [],
        budgets: [],
        campaignGroups: [],
        referralRedemptionCount: 3,
        referralCreationCount: 0,
      },
    ]);
  });

  it("takes all that can be said of it, and answers as it is then", async () => {
    const said = {
      name: "Bring a friend",
      description: "Ten percent for both",
      startTime: "2030-01-01T01:00:00.5+02:00",
      endTime: "2031-01-01T00:00:00Z",
      state: "disabled",
      tags: ["spring", "mail"],
      features: ["loyalty", "referrals", "advancedEvents"],
      limits: [
        { action: "redeemReferral", limit: 100, entities: [] },
        { action: "redeemReferral", limit: 2.5, period: "weekly", entities: ["Profile"] },
        { action: "redeemReferral", limit: 0, period: "daily", entities: ["Referral"] },
      ],
      referralSettings: { couponPattern: "REF-####", validCharacters: ["A", "B", "C"] },
    };
    const { status, body } = await put({ ...said, attributes: {}, couponSettings: said.referralSettings });
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({
        ...said,
        startTime: "2029-12-31T23:00:00.500Z",
        endTime: "2031-01-01T00:00:00.000Z",
        budgets: said.limits.map(({ action, limit }) => ({ action, limit, counter: 0 })),
      }),
    ]);
    expect((await ask("GET", path)).body).toEqual(body);
    expect((await saved()).version).toBe(2);
    const { body: again } = await ask("PUT", path, least({ name: said.name, startTime: null }));
    const { startTime: _, ...kept } = said;
    expect(again).toMatchObject({
      ...kept,
      ...{ tags: [], features: ["referrals"], limits: [], endTime: "2031-01-01T00:00:00.000Z" },
    });
    expect(again).not.toHaveProperty("startTime");
  });

  it("can be sent back by a client as it was read, without what only the server says", async () => {
    const { body } = await ask("GET", path);
    const {
      id,
      created,
      applicationId,
      userId,
      budgets: _,
      referralRedemptionCount,
      referralCreationCount,
      ...rest
    } = body as Record<string, unknown>;
    expect([id, applicationId, userId, referralRedemptionCount, referralCreationCount, typeof created]).toEqual([
      scope.campaignId,
      scope.applicationId,
      0,
      0,
      0,
      "string",
    ]);
    expect((await ask("PUT", path, rest)).body).toEqual(body);
  });
});

describe("a limit", () => {
  const limit = (more: object = {}) => ({ action: "redeemReferral", limit: 5, entities: [] as string[], ...more });
  const use = async (budgetId: bigint, counter: number, begins: Date, subject = "") =>
    db.budgetUse.create({ data: { applicationId: scope.applicationId, budgetId, subject, begins, counter } });

  it("keeps its row and what is used of it when it is sent again, also with a new amount; one that is left out goes", async () => {
    await put({ limits: [limit(), limit({ period: "yearly", entities: ["Profile"] })] });
    const [whole, each] = await budgets();
    if (!whole || !each) throw new Error("the budgets are not there");
    await use(whole.id, 3, new Date("1900-01-01T00:00:00Z"));
    const { body } = await put({ limits: [limit({ limit: 9 }), limit({ period: "yearly", entities: ["Profile"] })] });
    expect((body as { budgets: unknown }).budgets).toEqual([
      { action: "redeemReferral", limit: 9, counter: 3 },
      { action: "redeemReferral", limit: 5, counter: 0 },
    ]);
    expect((await budgets()).map(({ id, amount }) => [id, amount])).toEqual([
      [whole.id, 9],
      [each.id, 5],
    ]);
    await put({ limits: [limit({ period: "yearly", entities: ["Profile"] })] });
    expect((await budgets()).map(({ id }) => id)).toEqual([each.id]);
    expect(await db.budgetUse.count({ where: { applicationId: scope.applicationId } })).toBe(0);
    await put({ limits: [limit()] });
    expect((await ask("GET", path)).body).toMatchObject({
      budgets: [{ action: "redeemReferral", limit: 5, counter: 0 }],
    });
  });

  it("counts in the period that runs now, on the clocks of the application, and all friends together", async () => {
    await put({ limits: [limit({ period: "monthly", entities: ["Profile"] })] });
    const [{ id } = { id: 0n }] = await budgets();
    const [{ now, before } = { now: new Date(), before: new Date() }] = await db.$queryRaw<
      { now: Date; before: Date }[]
    >`
      SELECT date_trunc('month', now(), 'Europe/Berlin') AS now, date_trunc('month', now(), 'Europe/Berlin') - interval '1 month' AS before`;
    await use(id, 7, before, "a");
    await use(id, 2, now, "a");
    await use(id, 1, now, "b");
    expect((await ask("GET", path)).body).toMatchObject({ budgets: [{ counter: 3 }] });
  });

  it("is held by redemptions", async () => {
    await makeBatch(scope, [{ code: "HELD-0001" }]);
    await put({ limits: [limit({ limit: 1 })] });
    const shop = caller(address, `ApiKey-v1 ${await keyFor(scope.applicationId, "integration")}`);
    const redeem = (session: string, profileId: string) =>
      shop("PUT", `/v2/customer_sessions/${session}`, {
        customerSession: { profileId, referralCode: "HELD-0001", state: "closed" },
      });
    expect((await redeem("s1", "bob")).text).toMatch(/acceptReferral/);
    expect((await ask("GET", path)).body).toMatchObject({
      budgets: [{ limit: 1, counter: 1 }],
      referralRedemptionCount: 1,
    });
    expect((await redeem("s2", "eve")).text).toMatch(/CampaignLimitReached/);
  });
});
