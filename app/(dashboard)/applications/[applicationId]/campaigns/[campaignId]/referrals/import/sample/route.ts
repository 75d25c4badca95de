import { listAttributes } from "@/lib/attributes/queries";
import { getCampaign } from "@/lib/campaigns/queries";
import { defineEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { sampleFile } from "@/lib/imports/sample";
import { fileResponse } from "@/lib/referrals/file-response";

type Context = { params: Promise<{ applicationId: string; campaignId: string }> };

/** Downloads a small file that imports as it is. */
export const GET = defineEndpoint<Context>(async (actor, _request, { params }) => {
  const { applicationId, campaignId } = await params;
  const campaign = await getCampaign(actor, applicationId, campaignId);
  if (!campaign) throw new DomainError("not_found", "There is no such campaign in this application.");
  const definitions = await listAttributes(actor, campaign.applicationId);
  return fileResponse(sampleFile(definitions, new Date().getUTCFullYear() + 1), "referrals-sample.csv");
});
