import { listAttributes } from "@/lib/attributes/queries";
import { referralCampaign } from "@/lib/campaigns/queries";
import { defineEndpoint } from "@/lib/endpoint";
import { sampleFile } from "@/lib/imports/sample";
import { fileResponse } from "@/lib/referrals/file-response";

type Context = { params: Promise<{ applicationId: string; campaignId: string }> };

/** Downloads a small file that imports as it is. */
export const GET = defineEndpoint<Context>(async (actor, _request, { params }) => {
  const { campaign } = await referralCampaign(actor, await params);
  const definitions = await listAttributes(actor, campaign.applicationId);
  return fileResponse(sampleFile(definitions, new Date().getUTCFullYear() + 1), "referrals-sample.csv");
});
