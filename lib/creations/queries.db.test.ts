import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { getCampaign } from "@/lib/campaigns/queries";
import { createReferrals } from "@/lib/creations/commands";
import { getSpaceUse } from "@/lib/creations/queries";
import { createReferralsInput } from "@/lib/creations/schema";
import { db } from "@/lib/db";
import { admitted } from "@/lib/testing/builders";
import { sendList } from "@/lib/testing/lists";

let scope: { applicationId: number; campaignId: number };

beforeEach(async () => {
  const application = await db.application.create({ data: { name: "Test Shop", timeZone: "UTC" } });
  const campaign = await db.campaign.create({
    data: { applicationId: application.id, name: "Refer a friend", features: ["referrals"] },
  });
  scope = { applicationId: application.id, campaignId: campaign.id };
});

async function create(count: number, pattern: string, characters = "0123456789") {
  const listId = await sendList(admitted(scope), Array<string>(count).fill("cust_1"));
  return createReferrals(
    admitted(scope),
    createReferralsInput.parse({
      ...{ kind: "many", scope, requestKey: randomUUID(), usageLimit: 1, validFrom: null, validUntil: null },
      ...{ attributes: {}, listId, pattern, characters },
    }),
  );
}

async function use(pattern: string, characters: string, wanted = 1) {
  const campaign = await getCampaign(admitted(scope));
  if (!campaign) throw new Error("the campaign is gone");
  return getSpaceUse(admitted(scope), campaign, { pattern, characters, wanted });
}

describe("getSpaceUse", () => {
  it("counts the codes of the pattern and no others, in small and large spaces", async () => {
    await create(30, "VIP-##");
    await create(7, "v.p+####");
    expect(await use("vip-##", "0123456789")).toEqual({ used: 30, exact: true });
    expect(await use("V.P+####", "0123456789ABCDEF")).toEqual({ used: 7, exact: true });
    expect(await use("###-##", "VIP0123456789")).toEqual({ used: 30, exact: true });
    expect(await use("VXP+####", "0123456789ABCDEF")).toEqual({ used: 0, exact: true });
  });

  it("gives an upper bound where counting is slow and room is plenty, and counts where it is not", async () => {
    await create(30, "VIP-##");
    const { applicationId, campaignId } = scope;
    await db.campaign.updateMany({ where: { applicationId, id: campaignId }, data: { referralCount: 300_000 } });
    expect(await use("####-####", "ABCDEFGHJK0123456789")).toEqual({ used: 300_000, exact: false });
    expect(await use("#######", "VIP-0123456789", 100_000)).toEqual({ used: 300_000, exact: false });
    expect(await use("VIP-######", "012345678", 0)).toEqual({ used: 0, exact: true });
  });

  it("refuses a pattern or characters without codes", async () => {
    await expect(use("SUMMER", "AB")).rejects.toThrow("“SUMMER” has no #");
    await expect(use("####", "aA")).rejects.toThrow("only one character");
  });
});
