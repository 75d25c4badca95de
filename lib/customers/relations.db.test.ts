import { beforeEach, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { relationsOf } from "@/lib/customers/relations";
import { db } from "@/lib/db";
import { applyPlan } from "@/lib/operations/apply";
import { planDelete } from "@/lib/operations/delete";
import { timelineOf } from "@/lib/referrals/timeline";
import { checkCode } from "@/lib/sessions/trial";
import { updateSession } from "@/lib/sessions/update";
import { admitted, makeBatch, makeCampaign } from "@/lib/testing/builders";

let scope: CampaignIds;
beforeEach(async () => {
  scope = await makeCampaign();
});
const close = (session: string, code: string, profileId: string) =>
  updateSession(admitted(scope), session, { state: "closed", referralCode: code, profileId });

it("a customer is shown with codes, friends and who brought them, in all campaigns of the application and no other", async () => {
  const second = {
    ...scope,
    campaignId: (
      await db.campaign.create({
        data: { applicationId: scope.applicationId, name: "Second", features: ["referrals"] },
      })
    ).id,
  };
  await makeBatch(scope, [{ code: "FIRST" }, { code: "OTHER" }]);
  await makeBatch(second, [{ code: "SECOND", usageLimit: 0 }]);
  const elsewhere = await makeCampaign();
  await makeBatch(elsewhere, [{ code: "FIRST" }]);
  await close("s1", "FIRST", "Bob");
  await close("s2", "SECOND", "Cem");
  await close("s3", "SECOND", "Dora");
  await updateSession(admitted(scope), "s3", { state: "cancelled" });
  await close("s4", "OTHER", "cust_1");
  const known = await relationsOf(admitted(scope), "cust_1", 1);
  expect(known.codes.map(({ code, campaign, usageCounter }) => [code, campaign, usageCounter])).toEqual([
    ["SECOND", "Second", 1],
    ["FIRST", "Refer a friend", 1],
  ]);
  expect(
    known.friends.map(({ code, friendIntegrationId, sessionIntegrationId }) => [
      code,
      friendIntegrationId,
      sessionIntegrationId,
    ]),
  ).toEqual([
    ["SECOND", "Cem", "s2"],
    ["FIRST", "Bob", "s1"],
  ]);
  expect([known.codeCount, known.friendCount]).toEqual([2, 2]);
  expect(known.referredBy).toMatchObject({ code: "OTHER", advocateIntegrationId: "cust_2" });
  const nobody = { codes: [], codeCount: 0, friends: [], friendCount: 0, friendsBefore: 0, referredBy: null };
  expect(await relationsOf(admitted(scope), "CUST_1", 1)).toEqual(nobody);
  expect((await relationsOf(admitted(elsewhere), "Bob", 1)).referredBy).toBeNull();
});

it("friends stay with their advocate when the code is deleted, and come a page at a time", async () => {
  const { ids } = await makeBatch(scope, [{ code: "KEPT", usageLimit: 0 }, { code: "GONE" }]);
  await db.referral.updateMany({ where: scope, data: { advocateIntegrationId: "Ann" } });
  await close("first", "GONE", "Cem");
  for (let n = 0; n < 52; n += 1) await close(`order ${n}`, "KEPT", `friend ${n}`);
  const { planId } = await planDelete(admitted(scope), {
    selection: { by: "ids", ids: [ids[1] ?? ""] },
    keepRedeemed: false,
  });
  await applyPlan(admitted(scope), { planId });
  const page = async (number: number) => {
    const { friends, friendCount, friendsBefore } = await relationsOf(admitted(scope), "Ann", number);
    return {
      friends: friends.map(({ friendIntegrationId, referralId }) => [friendIntegrationId, referralId]),
      friendCount,
      friendsBefore,
    };
  };
  const first = await page(1);
  expect([first.friends.length, first.friends[0], first.friendCount]).toEqual([50, ["friend 51", ids[0]], 53]);
  expect(await page(2)).toEqual({
    friends: [
      ["friend 1", ids[0]],
      ["friend 0", ids[0]],
      ["Cem", null],
    ],
    ...{ friendCount: 53, friendsBefore: 50 },
  });
  expect(await page(3)).toEqual({ friends: [], friendCount: 53, friendsBefore: 100 });
  expect((await relationsOf(admitted(scope), "Cem", 1)).referredBy).toMatchObject({
    ...{ code: "GONE", referralId: null, advocateIntegrationId: "Ann" },
  });
});

it("a code's timeline has operations, redemptions and what was taken back, newest first, as much as is asked for", async () => {
  const [id = ""] = (await makeBatch(scope, [{ code: "CODE" }])).ids;
  await close("s1", "CODE", "Bob");
  await updateSession(admitted(scope), "s1", { state: "cancelled" });
  await close("s2", "CODE", "Cem");
  const told = (await timelineOf(admitted(scope), id, 10)).events.map((event) =>
    "operation" in event
      ? event.operation.kind
      : `${event.redemption.takenBack ? "-" : "+"}${event.redemption.friendIntegrationId}`,
  );
  expect(told).toEqual(["+Cem", "-Bob", "+Bob", "create"]);
  const short = await timelineOf(admitted(scope), id, 2);
  expect([short.events.length, short.more]).toEqual([2, true]);
  const other = { ...scope, campaignId: scope.campaignId + 1_000_000 };
  expect((await timelineOf(admitted(other), id, 10)).events).toEqual([]);
});

it("a check says what a shop would be told, and stores nothing", async () => {
  await makeBatch(scope, [{ code: "CODE", usageLimit: 1 }]);
  const now = new Date();
  expect(await checkCode(admitted(scope), { code: "code", friend: "Bob", now })).toMatchObject({
    reason: null,
    campaign: "Refer a friend",
    known: { code: "CODE", usageCounter: 0 },
  });
  expect(await checkCode(admitted(scope), { code: "none", friend: "Bob", now })).toEqual({
    reason: "ReferralNotFound",
    campaign: "",
    known: null,
  });
  expect(await checkCode(admitted(scope), { code: "CODE", friend: "cust_1", now })).toMatchObject({
    reason: "ReferralRecipientIdSameAsAdvocate",
  });
  expect(await db.customerSession.count({ where: { applicationId: scope.applicationId } })).toBe(0);
});
