import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { attributesField, dateField, limitField } from "@/lib/api/fields";
import { referralAnswer, referralModel } from "@/lib/api/models/referral";
import { referralPointers } from "@/lib/api/pointers";
import { getCampaign, unknownCampaign } from "@/lib/campaigns/queries";
import { integrationIdField, smallIdField } from "@/lib/codes/schema";
import { createReferrals } from "@/lib/creations/commands";
import { referralsMade } from "@/lib/referrals/rows";

const body = z
  .strictObject({
    campaignId: smallIdField,
    advocateProfileIntegrationId: integrationIdField,
    friendProfileIntegrationId: integrationIdField.optional(),
    startDate: dateField.optional(),
    expiryDate: dateField.optional(),
    usageLimit: limitField.default(0),
    attributes: attributesField.default({}),
  })
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
  pointers: referralPointers,
  async run({ inCampaign, body, requestKey }) {
    const scope = inCampaign(body.campaignId);
    const campaign = await getCampaign(scope);
    if (!campaign) throw unknownCampaign(scope.ids);
    const { operationId } = await createReferrals(scope, {
      kind: "generated",
      requestKey,
      pattern: campaign.codePattern,
      characters: campaign.codeCharacters,
      advocate: body.advocateProfileIntegrationId,
      friend: body.friendProfileIntegrationId ?? null,
      usageLimit: body.usageLimit,
      validFrom: body.startDate ?? null,
      validUntil: body.expiryDate ?? null,
      attributes: body.attributes,
    });
    const [made] = await referralsMade(scope, operationId);
    if (!made) throw unknownCampaign(scope.ids); // it was deleted in the moment between
    return { status: 201, body: referralAnswer(made) };
  },
});
