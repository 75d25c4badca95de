import { getCampaign } from "@/lib/campaigns/queries";
import { defineEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { exportReferrals } from "@/lib/referrals/export";
import { exportFileName } from "@/lib/referrals/export-name";
import { fileResponse } from "@/lib/referrals/file-response";
import { readExport } from "@/lib/referrals/read-list";

type Context = { params: Promise<{ applicationId: string; campaignId: string }> };

/** Downloads what the list shows under the same URL, whole: as CSV, as XLSX, or its codes alone as text. */
export const GET = defineEndpoint<Context>(async (actor, request, { params }) => {
  const { applicationId, campaignId } = await params;
  const campaign = await getCampaign(actor, applicationId, campaignId);
  if (!campaign) throw new DomainError("not_found", "There is no such campaign in this application.");
  const { filter, refusals, list, format } = readExport(new URL(request.url).searchParams);
  if (!filter || !format) throw new DomainError("invalid", refusals.map(({ message }) => message).join(" "));
  const scope = { applicationId: campaign.applicationId, campaignId: campaign.id };
  const time = { now: new Date(), zone: campaign.application.timeZone };
  const asked = { filter, sort: list.sort, columns: list.columns, format, ...time };
  return fileResponse(await exportReferrals(actor, scope, asked), exportFileName(campaign, asked));
});
