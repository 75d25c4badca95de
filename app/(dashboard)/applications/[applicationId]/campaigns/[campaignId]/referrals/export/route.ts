import { getCampaign } from "@/lib/campaigns/queries";
import { defineEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { csvResponse } from "@/lib/referrals/csv-response";
import { exportFileName, exportReferrals } from "@/lib/referrals/export";
import { readReferralList } from "@/lib/referrals/search-params";

type Context = { params: Promise<{ applicationId: string; campaignId: string }> };

/** Downloads what the list shows under the same `q` and `batch`, whole, as CSV. */
export const GET = defineEndpoint<Context>(async (actor, request, { params }) => {
  const { applicationId, campaignId } = await params;
  const campaign = await getCampaign(actor, applicationId, campaignId);
  if (!campaign) throw new DomainError("not_found", "There is no such campaign in this application.");
  const { filter, refusals } = readReferralList(new URL(request.url).searchParams);
  if (!filter) throw new DomainError("invalid", refusals.join(" "));
  const scope = { applicationId: campaign.applicationId, campaignId: campaign.id };
  return csvResponse(await exportReferrals(actor, scope, filter), exportFileName(campaign, filter, new Date()));
});
