import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { address, caller, keyFor, withApi } from "@/lib/testing/api";
import { makeCampaign } from "@/lib/testing/builders";

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

describe("what is refused", () => {
  const cases: [string, object, string, RegExp?][] = [
    ["no name", { name: undefined }, "/name"],
    ["a name that cannot be seen", { name: " " }, "/name"],
    ["no tags", { tags: undefined }, "/tags"],
    ["a tag that is no text", { tags: ["a", 1] }, "/tags/1"],
    ["too many tags", { tags: Array.from({ length: 51 }, (_, n) => `t${n}`) }, "/tags"],
    ["no features", { features: undefined }, "/features"],
    ["an unknown feature", { features: ["referrals", "magic"] }, "/features/1", /magic/],
    ["no limits", { limits: undefined }, "/limits"],
    [
      "an unknown action",
      { limits: [{ action: "setDiscount", limit: 1, entities: [] }] },
      "/limits/0/action",
      /setDiscount/,
    ],
    [
      "a limit of what rules create",
      { limits: [{ action: "createReferral", limit: 1, entities: [] }] },
      "/limits/0/action",
      /here are no rules/,
    ],
    ["a negative limit", { limits: [{ action: "redeemReferral", limit: -1, entities: [] }] }, "/limits/0/limit"],
    ["a limit as text", { limits: [{ action: "redeemReferral", limit: "1", entities: [] }] }, "/limits/0/limit"],
    [
      "an unknown period",
      { limits: [{ action: "redeemReferral", limit: 1, period: "hourly", entities: [] }] },
      "/limits/0/period",
    ],
    [
      "another entity",
      { limits: [{ action: "redeemReferral", limit: 1, entities: ["Store"] }] },
      "/limits/0/entities/0",
      /Store/,
    ],
    [
      "two entities",
      { limits: [{ action: "redeemReferral", limit: 1, entities: ["Profile", "Referral"] }] },
      "/limits/0/entities",
    ],
    ["no entities", { limits: [{ action: "redeemReferral", limit: 1 }] }, "/limits/0/entities"],
    [
      "a limit twice",
      { limits: [1, 2].map((limit) => ({ action: "redeemReferral", limit, entities: [] })) },
      "/limits/1",
      /Remove one/,
    ],
    ["a state that is none", { state: "paused" }, "/state", /paused/],
    ["a start that is no date", { startTime: "2030-01-01" }, "/startTime"],
    ["an end before the start", { startTime: "2030-01-02T00:00:00Z", endTime: "2030-01-01T00:00:00Z" }, "/endTime"],
    [
      "a pattern without a place",
      { referralSettings: { couponPattern: "ABCD", validCharacters: ["A", "B"] } },
      "/referralSettings/couponPattern",
    ],
    ["no characters", { referralSettings: { couponPattern: "####" } }, "/referralSettings/validCharacters"],
    [
      "two characters in one",
      { referralSettings: { couponPattern: "####", validCharacters: ["AB", "C"] } },
      "/referralSettings/validCharacters/0",
    ],
    [
      "one character",
      { referralSettings: { couponPattern: "####", validCharacters: ["A", "a"] } },
      "/referralSettings/validCharacters",
    ],
    [
      "more in the settings",
      { referralSettings: { couponPattern: "####", validCharacters: ["A", "B"], x: 1 } },
      "/referralSettings/x",
    ],
    ["an attribute that is not defined", { attributes: { color: "red" } }, "/attributes/color"],
    ["an unknown key", { nane: "x" }, "/nane"],
    ["a group", { campaignGroups: [1] }, "/campaignGroups"],
  ];
  it.each(cases)("%s: 400 with its place, and nothing is saved", async (_, more, place, words) => {
    const before = await saved();
    const { status, body } = await put(more);
    const said = body as { message: string; errors: { source: { pointer: string } }[] };
    expect([status, said.errors.map(({ source }) => source.pointer)]).toEqual([400, expect.arrayContaining([place])]);
    if (words) expect(JSON.stringify(said)).toMatch(words);
    expect(await saved()).toEqual(before);
    expect(await budgets()).toEqual([]);
  });

  it("a name that another campaign has: 409, and the limits are not saved either", async () => {
    await db.campaign.create({ data: { applicationId: scope.applicationId, name: "Taken" } });
    const { status, body } = await put({
      name: "Taken",
      limits: [{ action: "redeemReferral", limit: 1, entities: [] }],
    });
    expect([status, body]).toEqual([409, { message: expect.stringContaining("Taken"), errors: [], StatusCode: 409 }]);
    expect(await budgets()).toEqual([]);
  });

  it("an unknown campaign, and one of another application: 404 in the same words; another application: 403", async () => {
    const elsewhere = await makeCampaign();
    for (const method of ["GET", "PUT"]) {
      const told = async (campaignId: number) => {
        const answer = await ask(method, pathOf({ ...scope, campaignId }), method === "PUT" ? least() : undefined);
        return [answer.status, answer.text.replace(/campaign \d+/g, "campaign")];
      };
      const unknown = await told(2_000_000_000);
      expect(unknown[0]).toBe(404);
      expect(await told(elsewhere.campaignId)).toEqual(unknown);
      expect((await ask(method, pathOf(elsewhere), method === "PUT" ? least() : undefined)).status).toBe(403);
    }
  });

  it("a key without the permission: 403", async () => {
    const reader = caller(
      address,
      `ManagementKey-v1 ${await keyFor(scope.applicationId, "management", ["referrals.read"])}`,
    );
    expect((await reader("GET", path)).status).toBe(200);
    expect((await reader("PUT", path, least({ name: "Mine" }))).status).toBe(403);
    expect((await saved()).name).toBe("Refer a friend");
  });
});
