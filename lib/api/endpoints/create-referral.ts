import { z } from "zod";
import { refuseCrossedDates } from "@/lib/api/changes";
import { endpoint } from "@/lib/api/endpoint";
import { referralAnswer, referralModel } from "@/lib/api/models/referral";
import { referralPointers } from "@/lib/api/pointers";
import { ApiProblem } from "@/lib/api/problems";
import { termFields, termsOf } from "@/lib/api/terms";
import { integrationIdField, smallIdField } from "@/lib/codes/schema";
import { createForEach } from "@/lib/creations/commands";

const body = z
  .strictObject({
    campaignId: smallIdField,
    advocateProfileIntegrationId: integrationIdField,
    friendProfileIntegrationId: integrationIdField.optional(),
    ...termFields,
  })
  .superRefine(refuseCrossedDates)
  .refine((given) => given.friendProfileIntegrationId !== given.advocateProfileIntegrationId, {
    path: ["friendProfileIntegrationId"],
    error: "The advocate cannot redeem their own code: name another friend, or none for anybody.",
  });

export const createReferral = endpoint({
  name: "createReferral",
  method: "POST",
  path: "/v1/referrals",
  key: "integration",
  permission: "referrals.create",
  tag: "Referrals",
  summary: "Make a code for an advocate",
  description:
    "Makes one code, drawn from the campaign's code pattern. Every call makes a new one; send an `Idempotency-Key` to have a repeated call give the code of the first. Without `usageLimit` the code can be redeemed without limit.",
  body,
  example: { campaignId: 1, advocateProfileIntegrationId: "cust_ann", usageLimit: 5 },
  answers: { 201: { description: "The new code.", body: referralModel } },
  refusals: {
    400: "a value cannot be stored, or the campaign does not have the referrals feature",
    404: "there is no such campaign",
  },
  pointers: { ...referralPointers, pattern: "/campaignId", characters: "/campaignId" },
  async run({ inCampaign, body, requestKey }) {
    const [made] = await createForEach(
      inCampaign(body.campaignId),
      {
        requestKey: requestKey(),
        advocates: [body.advocateProfileIntegrationId],
        batch: false,
        friend: body.friendProfileIntegrationId ?? null,
        pattern: null,
        characters: null,
        ...termsOf(body),
      },
      true,
    );
    if (!made) throw new ApiProblem(404, "The code that this request made was deleted since.");
    return { status: 201, body: referralAnswer(made) };
  },
});
