import { getCampaign } from "@/lib/campaigns/queries";
import { defineEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { csvResponse } from "@/lib/referrals/csv-response";
import { exportFileName, exportReferrals } from "@/lib/referrals/export";
import { simple } from "@/lib/referrals/queries";
import { readReferralList } from "@/lib/referrals/read-list";

type Context = { params: Promise<{ applicationId: string; campaignId: string }> };

/** Downloads what the list shows under the same `q` and `batch`, whole, as CSV. */
export const GET = defineEndpoint<Context>(async (actor, request, { params }) => {
  const { applicationId, campaignId } = await params;
  const campaign = await getCampaign(actor, applicationId, campaignId);
  if (!campaign) throw new DomainError("not_found", "There is no such campaign in this application.");
  const { filter: asked, refusals } = readReferralList(new URL(request.url).searchParams);
  const filter = simple(asked);
  if (!filter) throw new DomainError("invalid", refusals.map(({ message }) => message).join(" "));
  const scope = { applicationId: campaign.applicationId, campaignId: campaign.id };
  return csvResponse(await exportReferrals(actor, scope, filter), exportFileName(campaign, filter, new Date()));
});
