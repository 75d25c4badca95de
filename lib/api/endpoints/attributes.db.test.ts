import { beforeEach, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { attributesMax } from "@/lib/attributes/limits";
import { db } from "@/lib/db";
import { address, caller, keyFor, withApi } from "@/lib/testing/api";
import { makeCampaign } from "@/lib/testing/builders";

withApi();

let scope: CampaignIds = { applicationId: 0, campaignId: 0 };
let ask: ReturnType<typeof caller>;
beforeEach(async () => {
  scope = await makeCampaign();
  ask = caller(address, `ManagementKey-v1 ${await keyFor(scope.applicationId, "management")}`);
});
const defined = () =>
  db.attributeDefinition.findMany({ where: { applicationId: scope.applicationId }, orderBy: { position: "asc" } });
const attribute = (more: object = {}) => ({
  ...{ entity: "Referral", name: "channel", title: "Channel", type: "string", description: "Where it was shared." },
  ...{ suggestions: ["mail", "web"], editable: true },
  ...more,
});
const post = (more: object = {}) => ask("POST", "/v1/attributes", attribute(more));

describe("an attribute", () => {
  it("is defined as it is sent, and codes hold it from then on", async () => {
    const { status, body } = await post({
      ...{ restrictedBySuggestions: true, hasAllowedList: false, subscribedApplicationsIds: [1, 4] },
      ...{ subscribedCatalogsIds: [2], allowedSubscriptions: ["application"], eventType: "" },
    });
    expect([status, body]).toEqual([
      201,
      {
        ...attribute(),
        ...{
          id: 5,
          created: expect.stringMatching(/Z$/),
          accountId: 1,
          hasAllowedList: false,
          restrictedBySuggestions: true,
        },
        ...{
          subscribedApplicationsIds: [scope.applicationId],
          subscribedCatalogsIds: [],
          allowedSubscriptions: ["application"],
        },
      },
    ]);
    const shop = caller(address, `ApiKey-v1 ${await keyFor(scope.applicationId, "integration")}`);
    const make = (channel: string) =>
      shop("POST", "/v1/referrals", {
        campaignId: scope.campaignId,
        advocateProfileIntegrationId: "ann",
        attributes: { channel },
      });
    expect((await make("mail")).status).toBe(201);
    expect(await make("fax")).toMatchObject({ status: 400, text: expect.stringContaining("/attributes/channel") });
  });

  it.each([
    ["number", ["5", 2.5], [5, 2.5]],
    ["(list number)", ["1e3"], [1000]],
    ["time", ["2030-01-01T00:00:00Z"], ["2030-01-01T00:00:00Z"]],
    ["(list string)", ["5"], ["5"]],
    ["boolean", [], []],
  ])("of %s takes suggestions as clients write them", async (type, given, kept) => {
    expect(await post({ type, suggestions: given })).toMatchObject({
      status: 201,
      body: { type, suggestions: kept.map(String) },
    });
    expect((await defined()).at(-1)).toMatchObject({ name: "channel", type, suggestions: kept, restricted: false });
  });
});

describe("what is refused", () => {
  const cases: [string, object, string, RegExp?][] = [
    ["another entity", { entity: "Coupon" }, "/entity"],
    ["no entity", { entity: undefined }, "/entity"],
    ["a type that there is not", { type: "colour" }, "/type"],
    ["a place", { type: "location" }, "/type", /two attributes of type number/],
    ["a list of places", { type: "(list location)" }, "/type", /two attributes of type number/],
    ["a name that is none", { name: "1st" }, "/name"],
    ["a reserved name", { name: "constructor" }, "/name"],
    ["no title", { title: "" }, "/title"],
    ["no description", { description: undefined }, "/description"],
    ["no suggestions", { suggestions: undefined }, "/suggestions"],
    ["51 suggestions", { suggestions: Array.from({ length: 51 }, (_, n) => `s${n}`) }, "/suggestions"],
    ["a suggestion that is no number", { type: "number", suggestions: ["five"] }, "/suggestions"],
    ["a suggestion twice", { type: "number", suggestions: ["5", "5.0"] }, "/suggestions"],
    ["a restriction to nothing", { suggestions: [], restrictedBySuggestions: true }, "/suggestions"],
    ["what nobody may edit", { editable: false }, "/editable"],
    ["an allowed list", { hasAllowedList: true }, "/hasAllowedList"],
    ["an event's type", { eventType: "pageViewed" }, "/eventType"],
    ["an unknown key", { nmae: "x" }, "/nmae"],
  ];
  it.each(cases)("%s: 400 with its place, and nothing is defined", async (_, more, place, words = /./) => {
    const before = await defined();
    const { status, body, text } = await post(more);
    expect(text).toMatch(words);
    const { errors } = body as { errors: { source: { pointer: string } }[] };
    expect([status, errors.map(({ source }) => source.pointer)]).toEqual([400, expect.arrayContaining([place])]);
    expect(await defined()).toEqual(before);
  });

  it("a name that is taken: 409; one too many: 400", async () => {
    await post();
    const { status, body } = await post({ title: "Other" });
    expect([status, body]).toEqual([409, { message: expect.stringContaining("channel"), errors: [], StatusCode: 409 }]);
    const data = Array.from({ length: attributesMax - 5 }, (_, n) => ({
      name: `a${n}`,
      title: "A",
      type: "string",
      position: n,
    }));
    await db.attributeDefinition.createMany({
      data: data.map((one) => ({ ...one, applicationId: scope.applicationId })),
    });
    expect(await post({ name: "more" })).toMatchObject({
      status: 400,
      body: { errors: [{ source: { pointer: "/name" } }] },
    });
    expect((await defined()).at(-1)?.title).not.toBe("Other");
  });

  it("a key without the permission, or of the other kind", async () => {
    const reader = await keyFor(scope.applicationId, "management", ["referrals.read"]);
    expect((await caller(address, `ManagementKey-v1 ${reader}`)("POST", "/v1/attributes", attribute())).status).toBe(
      403,
    );
    const shop = await keyFor(scope.applicationId, "integration");
    expect((await caller(address, `ApiKey-v1 ${shop}`)("POST", "/v1/attributes", attribute())).status).toBe(401);
    expect(await defined()).toHaveLength(4);
  });
});
