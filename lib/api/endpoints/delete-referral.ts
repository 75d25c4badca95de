import { needsApproval } from "@/lib/api/changes";
import { endpoint } from "@/lib/api/endpoint";
import { inCampaign, pathBigId } from "@/lib/api/fields";
import { deleteAtOnce } from "@/lib/operations/at-once";
import { referralRow, unknownReferral } from "@/lib/referrals/rows";

export const deleteReferral = endpoint({
  name: "deleteReferral",
  method: "DELETE",
  path: "/v1/applications/{applicationId}/campaigns/{campaignId}/referrals/{referralId}",
  key: "management",
  permission: "referrals.delete",
  tag: "Referrals",
  summary: "Delete a code",
  description:
    "Also one that was redeemed, whose friends stay referred. The code is free for use again. It is an operation that can be undone in the dashboard.",
  params: inCampaign.extend({ referralId: pathBigId }),
  answers: { 204: { description: "The code is deleted." } },
  refusals: { 403: needsApproval, 404: "the campaign has no such code" },
  async run({ scope, params: { referralId } }) {
    if (!(await referralRow(scope, referralId))) throw unknownReferral(scope, referralId);
    await deleteAtOnce(scope, { selection: { by: "ids", ids: [referralId] } });
    return { status: 204 };
  },
});
