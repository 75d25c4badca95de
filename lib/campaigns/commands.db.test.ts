import { beforeEach, describe, expect, it } from "vitest";
import { asked } from "@/lib/access/scope";
import { listApplications } from "@/lib/applications/queries";
import { countStatuses } from "@/lib/codes/counts";
import { db } from "@/lib/db";
import { applicationAt, campaignAt } from "@/lib/page";
import { admitted, testActor } from "@/lib/testing/builders";
import { refusal } from "@/lib/testing/refusal";
import { createCampaign, saveCampaign } from "./commands";
import { getCampaign, listCampaigns } from "./queries";
import {
  type CreateCampaignInput,
  createCampaignInput,
  type SaveCampaignInput,
  saveCampaignInput,
  savedCampaign,
} from "./schema";

const somebody = async () => testActor;
let applicationId: number;
let campaignId: number;

beforeEach(async () => {
  const application = await db.application.create({
    data: {
      name: "Shop",
      timeZone: "Europe/Berlin",
      campaigns: { create: { name: "Refer a friend", features: ["coupons", "referrals"] } },
    },
    select: { id: true, campaigns: { select: { id: true } } },
  });
  applicationId = application.id;
  campaignId = application.campaigns[0]?.id ?? 0;
});

function input(changes: Partial<SaveCampaignInput> = {}): SaveCampaignInput {
  return {
    applicationId,
    campaignId,
    version: 1,
    name: "Bring a friend",
    description: "Ten percent for both",
    state: "disabled",
    referrals: true,
    codePattern: "REF-####",
    codeCharacters: "ABC",
    linkPattern: "https://shop.example/?ref={code}",
    shareText: "Take {code}: {link}",
    startTime: new Date("2026-11-30T23:00:00Z"),
    endTime: new Date("2027-01-31T23:00:00Z"),
    ...changes,
  };
}

const save = (settings: SaveCampaignInput) => saveCampaign(admitted(settings), asked(settings));
const create = (settings: CreateCampaignInput) => createCampaign(admitted(settings), settings);
const stored = (id = campaignId) => getCampaign(admitted({ applicationId, campaignId: id }));

describe("saveCampaign", () => {
  it("saves every setting and counts the version up", async () => {
    expect(await save(input())).toEqual({ version: 2 });
    expect(await stored()).toMatchObject({
      name: "Bring a friend",
      description: "Ten percent for both",
      state: "disabled",
      codePattern: "REF-####",
      codeCharacters: "ABC",
      startTime: new Date("2026-11-30T23:00:00Z"),
      endTime: new Date("2027-01-31T23:00:00Z"),
      version: 2,
    });
  });

  it("switches referrals and leaves other features alone", async () => {
    await save(input({ referrals: false }));
    expect(await stored()).toMatchObject({ features: ["coupons"], hasReferrals: false });
    await save(input({ referrals: true, version: 2 }));
    expect(await stored()).toMatchObject({ features: ["coupons", "referrals"], hasReferrals: true });
  });

  it("refuses what was begun from an older version, and hands over what stands there now", async () => {
    await save(input({ name: "Theirs" }));
    const error = await refusal(save(input({ name: "Mine" })));
    expect(error.code).toBe("stale");
    expect(savedCampaign.parse(error.more.details)).toMatchObject({
      name: "Theirs",
      referrals: true,
      endTime: new Date("2027-01-31T23:00:00Z"),
      version: 2,
    });
    expect(await stored()).toMatchObject({ name: "Theirs", version: 2 });
  });

  it("lets one of many savers through", async () => {
    const names = Array.from({ length: 8 }, (_, index) => `Saver ${index}`);
    const results = await Promise.allSettled(names.map((name) => save(input({ name }))));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(await stored()).toMatchObject({ version: 2 });
  });

  it("refuses a campaign that is unknown or another application's", async () => {
    const unknown = await refusal(save(input({ campaignId: campaignId + 1000 })));
    expect(unknown).toMatchObject({ code: "not_found" });
    const other = await db.application.create({ data: { name: "Other", timeZone: "UTC" }, select: { id: true } });
    const foreign = await refusal(save(input({ applicationId: other.id })));
    expect(foreign).toMatchObject({ code: "not_found" });
    expect(await stored()).toMatchObject({ version: 1 });
  });

  it("refuses characters that are one by the application's case rule", async () => {
    const error = await refusal(save(input({ codeCharacters: "aA" })));
    expect(Object.keys(error.more.fields ?? {})).toEqual(["codeCharacters"]);
    expect(await stored()).toMatchObject({ version: 1 });
  });
});

describe("createCampaign", () => {
  const given = (changes: Partial<CreateCampaignInput> = {}): CreateCampaignInput => ({
    applicationId,
    name: "Summer",
    description: "",
    referrals: true,
    codePattern: "SUN-####",
    codeCharacters: "ABC",
    ...changes,
  });

  it("makes an enabled campaign without a schedule", async () => {
    const { campaignId: id } = await create(given());
    expect(await stored(id)).toMatchObject({
      name: "Summer",
      state: "enabled",
      features: ["referrals"],
      codePattern: "SUN-####",
      codeCharacters: "ABC",
      startTime: null,
      endTime: null,
      referralCount: 0,
    });
    const off = await create(given({ name: "Winter", referrals: false }));
    expect(await stored(off.campaignId)).toMatchObject({ features: [] });
  });

  it("makes one of a form that is sent many times", async () => {
    const sent = await Promise.allSettled(Array.from({ length: 8 }, () => create(given())));
    expect(sent.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db.campaign.count({ where: { applicationId, name: "Summer" } })).toBe(1);
  });

  it("refuses a name that another campaign has, also when one is renamed to it", async () => {
    expect((await refusal(create(given({ name: "Refer a friend" })))).more.fields).toHaveProperty("name");
    await create(given());
    expect((await refusal(save(input({ name: "Summer" })))).more.fields).toHaveProperty("name");
    expect(await stored()).toMatchObject({ name: "Refer a friend", version: 1 });
    const other = await db.application.create({ data: { name: "Other", timeZone: "UTC" }, select: { id: true } });
    await expect(create(given({ applicationId: other.id }))).resolves.toBeDefined();
  });

  it("refuses characters that are one by the case rule, and an unknown application", async () => {
    const folded = await refusal(create(given({ codeCharacters: "Aa" })));
    expect(folded.more.fields).toHaveProperty("codeCharacters");
    const unknown = await refusal(create(given({ applicationId: applicationId + 1000 })));
    expect(unknown.code).toBe("not_found");
  });

  it.each([
    ["name", { name: " " }],
    ["name", { name: "Sum\u0000mer" }],
    ["description", { description: "x".repeat(1001) }],
    ["codePattern", { codePattern: "SUMMER" }],
    ["codeCharacters", { codeCharacters: "A" }],
  ])("refuses a wrong %s", (field, change) => {
    const { error } = createCampaignInput.safeParse(given(change));
    expect(error?.issues.map((issue) => issue.path[0])).toEqual([field]);
  });
});

describe("saveCampaignInput", () => {
  it.each([
    ["name", { name: " " }],
    ["name", { name: "x".repeat(101) }],
    ["description", { description: "x".repeat(1001) }],
    ["state", { state: "paused" }],
    ["codePattern", { codePattern: "SUMMER" }],
    ["codePattern", { codePattern: "###" }],
    ["codeCharacters", { codeCharacters: "AA" }],
    ["startTime", { startTime: "2027-02-31T00:00:00Z" }],
    ["endTime", { startTime: "2027-02-01T00:00:00Z", endTime: "2027-02-01T00:00:00Z" }],
  ])("refuses a wrong %s", (field, change) => {
    const raw = { ...input(), startTime: null, endTime: null, ...change };
    expect(saveCampaignInput.safeParse(raw).error?.issues.map((issue) => issue.path[0])).toEqual([field]);
  });
});

describe("queries", () => {
  it("find nothing for ids that are none, unknown or another application's, and the rest for the right ones", async () => {
    const other = await db.application.create({ data: { name: "Other", timeZone: "UTC" }, select: { id: true } });
    for (const [application, campaign] of [
      ["x", String(campaignId)],
      [String(applicationId), "1e1"],
      [String(applicationId), `0${campaignId}`],
      [String(applicationId), "99999999999"],
      [String(applicationId), String(campaignId + 1000)],
      [String(other.id), String(campaignId)],
    ] as const) {
      const address = Promise.resolve({ applicationId: application, campaignId: campaign });
      expect(await campaignAt(address, "applications.read", somebody)).toBeNull();
    }
    expect(await stored()).toMatchObject({ id: campaignId, application: { timeZone: "Europe/Berlin" } });
    const place = (id: string) => applicationAt(Promise.resolve({ applicationId: id }), "applications.read", somebody);
    expect(await place("2147483648")).toBeNull();
    const found = await place(String(applicationId));
    expect(found?.application).toMatchObject({ name: "Shop", caseRule: "insensitive-uppercase" });
    if (found) expect(await listCampaigns(found.scope, found.application)).toHaveLength(1);
    expect((await listApplications(admitted({}))).map(({ id }) => id)).toContain(applicationId);
  });

  it("count each code in exactly one group", async () => {
    const now = new Date("2026-11-22T12:00:00Z");
    const before = new Date("2026-11-01T00:00:00Z");
    const after = new Date("2026-12-01T00:00:00Z");
    const codes = [
      { usageLimit: 0, usageCounter: 7 },
      { usageLimit: 2, usageCounter: 1, validFrom: before, validUntil: after },
      { usageLimit: 1, usageCounter: 0, validFrom: after },
      { usageLimit: 3, usageCounter: 3, validFrom: after },
      { usageLimit: 3, usageCounter: 3, validUntil: now },
    ];
    await db.referral.createMany({
      data: codes.map((code, index) => ({
        applicationId,
        campaignId,
        code: `CODE-${index}`,
        codeKey: `CODE-${index}`,
        codeSearch: `code${index}`,
        advocateIntegrationId: "ana",
        origin: "created",
        ...code,
      })),
    });
    const campaign = await stored();
    if (!campaign) throw new Error("the campaign is gone");
    expect(campaign.referralCount).toBe(5);
    const counts = { active: 2, scheduled: 1, usedUp: 1, expired: 1 };
    expect(await countStatuses(admitted({ applicationId, campaignId }), now)).toEqual(counts);
  });
});
