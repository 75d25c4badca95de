import { beforeEach, describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { create, makeTwoCampaigns, many, other, own, scope, written } from "@/lib/testing/creations";
import { refusal } from "@/lib/testing/refusal";

beforeEach(makeTwoCampaigns);

describe("refusals write nothing", () => {
  beforeEach(async () => {
    await create({ ...own("TAKEN-1"), advocate: "owner_7" });
  });

  it.each<[string, Parameters<typeof create>[0], string, string]>([
    [
      "a code that is taken here, in another case",
      own("taken-1"),
      "code",
      "“TAKEN-1” is taken: in this campaign it belongs to owner_7. Choose another code.",
    ],
    [
      "a code whose capitals are too many",
      own("ß".repeat(60)),
      "code",
      "This code has 120 characters: a code has 4 to 100.",
    ],
    [
      "an attribute that is not defined",
      { ...own("FREE-1"), attributes: { colour: "red" } },
      "attributes.colour",
      "There is no attribute “colour”; this application has tier.",
    ],
    [
      "an attribute value that is not allowed",
      { ...own("FREE-1"), attributes: { tier: "tin" } },
      "attributes.tier",
      'tier cannot be "tin"; allowed are "gold".',
    ],
    [
      "an attribute of the wrong type",
      { ...many(3), attributes: { tier: 7 } },
      "attributes.tier",
      "tier must be text; 7 is not.",
    ],
    [
      "an end before the start",
      { ...own("FREE-1"), validFrom: "2027-02-01T00:00:00Z", validUntil: "2027-01-31T23:00:00Z" },
      "validUntil",
      "Valid through 31 Jan 2027, 23:59 Europe/Berlin (22:59 UTC) is not after the start, 1 Feb 2027, 01:00 Europe/Berlin (00:00 UTC): choose a later end or an earlier start.",
    ],
    [
      "too little room",
      many(101, "VIP-##", "0123456789"),
      "pattern",
      "“VIP-##” can give 100 codes; 0 are used in this application, so 100 are left and 101 codes are needed. Use a longer pattern such as VIP-#######.",
    ],
    [
      "characters that are one in this application",
      many(2, "VIP-##", "aA"),
      "characters",
      "“aA” holds only one character (upper and lower case count as one here): give at least two different ones, such as ABCDEFGHJKLMNPQRSTUVWXYZ23456789.",
    ],
  ])("for %s", async (_what, input, field, sentence) => {
    const before = await written();
    const error = await refusal(create(input));
    expect(error.more.fields).toEqual({ [field]: sentence });
    expect(await written()).toEqual(before);
  });

  it("names the other campaign that has the code", async () => {
    const error = await refusal(create({ ...own("TAKEN-1"), scope: other }));
    expect(error.message).toBe(
      "“TAKEN-1” is taken: in campaign “Refer a friend” it belongs to owner_7. Choose another code.",
    );
  });

  it("for an unknown campaign, and one without the feature", async () => {
    expect((await refusal(create({ ...own("FREE-1"), scope: { ...scope, campaignId: 999_999 } }))).code).toBe(
      "not_found",
    );
    await db.campaign.updateMany({ where: { applicationId: scope.applicationId }, data: { features: [] } });
    expect((await refusal(create(own("FREE-1")))).code).toBe("feature_off");
  });
});

describe("codes of another application", () => {
  it("do not matter", async () => {
    await create(own("SHARED-1"));
    const stranger = await db.application.create({
      data: { name: "Other Shop", timeZone: "UTC", caseSensitivity: "sensitive" },
    });
    const campaign = await db.campaign.create({
      data: { applicationId: stranger.id, name: "Own", features: ["referrals"] },
    });
    const strange = { applicationId: stranger.id, campaignId: campaign.id };
    await create({ ...own("SHARED-1"), scope: strange });
    await create({ ...own("shared-1"), scope: strange });
    await create({ ...many(4, "VIP-##", "aA"), scope: strange });
    expect(await db.referral.count({ where: { applicationId: stranger.id } })).toBe(6);
  });
});
