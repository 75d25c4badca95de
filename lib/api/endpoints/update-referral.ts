import { z } from "zod";
import { changed, changeFields, editOf, needsApproval, refuseCrossedDates } from "@/lib/api/changes";
import { endpoint } from "@/lib/api/endpoint";
import { inCampaign, pathBigId } from "@/lib/api/fields";
import { referralAnswer, referralModel } from "@/lib/api/models/referral";
import { referralPointers } from "@/lib/api/pointers";
import { listAttributes } from "@/lib/attributes/queries";
import { integrationIdField } from "@/lib/codes/schema";
import { editAtOnce } from "@/lib/operations/at-once";
import { referralRow, unknownReferral } from "@/lib/referrals/rows";

export const updateReferral = endpoint({
  name: "updateReferral",
  method: "PUT",
  path: "/v1/applications/{applicationId}/campaigns/{campaignId}/referrals/{referralId}",
  key: "management",
  permission: "referrals.edit",
  tag: "Referrals",
  summary: "Change a code",
  description:
    "What is left out stays as it is, `null` clears it, and attributes are merged key by key. The limit cannot be below what was redeemed. It is an operation that can be undone in the dashboard.",
  params: inCampaign.extend({ referralId: pathBigId }),
  body: z
    .strictObject({ friendProfileIntegrationId: integrationIdField.nullable().optional(), ...changeFields })
    .superRefine(refuseCrossedDates),
  example: { usageLimit: 10, expiryDate: "2030-01-31T23:00:00Z", attributes: { tier: "gold" } },
  answers: { 200: { description: "The code as it is now.", body: referralModel } },
  refusals: { 400: "the code cannot hold a value", 403: needsApproval, 404: "the campaign has no such code" },
  pointers: referralPointers,
  async run({ scope, params: { referralId }, body }) {
    if (!(await referralRow(scope, referralId))) throw unknownReferral(scope, referralId);
    const changes = editOf(body, await listAttributes(scope));
    if (changes) await changed(body, () => editAtOnce(scope, { selection: { by: "ids", ids: [referralId] }, changes }));
    const now = await referralRow(scope, referralId);
    if (!now) throw unknownReferral(scope, referralId);
    return { status: 200, body: referralAnswer(now) };
  },
});
