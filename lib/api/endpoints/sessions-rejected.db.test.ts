import { describe, expect, it } from "vitest";
import { db } from "@/lib/db";
import { makeBatch } from "@/lib/testing/builders";
import { sessionShop } from "@/lib/testing/sessions";

const shop = sessionShop();
const { put, told, stored, sound } = shop;

describe("a code is rejected", () => {
  it("with its reason; the session closes all the same, and nothing is counted", async () => {
    await makeBatch(shop.scope, [
      { code: "EARLY", validFrom: "2099-01-01T00:00:00Z" },
      { code: "LATE", validUntil: "2020-01-01T00:00:00Z" },
      { code: "FULL", usageLimit: 1, usageCounter: 1 },
      { code: "BOUND" },
      { code: "GOOD" },
    ]);
    await db.referral.updateMany({
      where: { applicationId: shop.scope.applicationId, code: "BOUND" },
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
    await makeBatch(shop.scope, [{ code: "SECOND" }]);
    expect(await told("third", { state: "closed", referralCode: "SECOND", profileId: "Bob" })).toEqual([
      "rejectReferral SECOND ReferralCustomerAlreadyReferred",
    ]);
    await sound();
  });

  it("for its friend however the shop writes their ID: blanks around it and a letter apart from its accent are no one else", async () => {
    await makeBatch(shop.scope, [{ code: "MINE" }, { code: "BOUND" }, { code: "OTHER" }]);
    const where = { applicationId: shop.scope.applicationId };
    await db.referral.updateMany({ where, data: { advocateIntegrationId: "José" } });
    await db.referral.updateMany({ where: { ...where, code: "BOUND" }, data: { friendIntegrationId: "Zoë" } });
    for (const profileId of ["José ", "Jose\u0301"])
      expect(await told(profileId, { state: "closed", referralCode: "MINE", profileId })).toEqual([
        "rejectReferral MINE ReferralRecipientIdSameAsAdvocate",
      ]);
    expect(await told("a", { state: "closed", referralCode: "BOUND", profileId: " Zoe\u0308" })).toEqual([
      "acceptReferral BOUND",
    ]);
    expect(await told("b", { state: "closed", referralCode: "OTHER", profileId: "Zoë\n" })).toEqual([
      "rejectReferral OTHER ReferralCustomerAlreadyReferred",
    ]);
    expect(await told("c", { referralCode: "OTHER", profileId: " " })).toEqual([
      "rejectReferral OTHER ProfileRequired",
    ]);
    const inventory = await shop.ask(
      "GET",
      `/v1/customer_profiles/${encodeURIComponent("Jose\u0301 ")}/inventory?referrals=true`,
    );
    expect((inventory.body as { referrals: unknown[] }).referrals).toHaveLength(3);
  });

  it("when it is used up between opening and closing", async () => {
    await makeBatch(shop.scope, [{ code: "LAST", usageLimit: 1 }]);
    await told("a", { profileId: "Ann", referralCode: "LAST" });
    await told("b", { profileId: "Bob", referralCode: "LAST", state: "closed" });
    expect(await told("a", { state: "closed" })).toEqual(["rejectReferral LAST ReferralLimitReached"]);
  });

  it("when its campaign does not run", async () => {
    await makeBatch(shop.scope, [{ code: "CODE" }]);
    const where = { applicationId_id: { applicationId: shop.scope.applicationId, id: shop.scope.campaignId } };
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
    await makeBatch(shop.scope, [{ code: "CODE", validFrom: "2098-01-01T00:00:00Z" }]);
    const session = { profileId: "Bob", referralCode: "CODE", state: "closed" };
    expect(await told("s", session, "?dry=true")).toEqual(["rejectReferral CODE ReferralStartDateInFuture"]);
    expect(await told("s", session, "?dry=true&now=2099-01-01T00:00:00%2B01:00")).toEqual(["acceptReferral CODE"]);
    expect(await told("s", {}, "?dry=true")).toEqual([]);
    expect(await stored()).toEqual([0, 0, 0]);
    const { body } = await put("s", session, "?dry=true", ["referral", "customerSession", "customerProfile"]);
    expect(body).toMatchObject({ referral: { code: "CODE", usageCounter: 0 } });
    expect(body).not.toHaveProperty("customerSession");
    expect((await shop.ask("GET", "/v2/customer_sessions/s")).status).toBe(404);
  });

  it("goes in the campaigns that it names, disabled ones too", async () => {
    await makeBatch(shop.scope, [{ code: "CODE" }]);
    await db.campaign.update({
      where: { applicationId_id: { applicationId: shop.scope.applicationId, id: shop.scope.campaignId } },
      data: { state: "disabled" },
    });
    const session = (ids: number[]) => ({ profileId: "Bob", referralCode: "CODE", evaluableCampaignIds: ids });
    expect(await told("s", session([shop.scope.campaignId]), "?dry=true")).toEqual(["acceptReferral CODE"]);
    expect(await told("s", session([shop.scope.campaignId + 1]), "?dry=true")).toEqual([
      "rejectReferral CODE ReferralPartOfNotRunningCampaign",
    ]);
    expect(await told("s", session([shop.scope.campaignId]))).toEqual([
      "rejectReferral CODE ReferralPartOfNotRunningCampaign",
    ]);
  });
});
