import type { Actor } from "@/lib/access/actor";
import { referralCampaign } from "@/lib/campaigns/queries";
import { defineEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { exportReferrals } from "@/lib/referrals/export";
import { exportFileName } from "@/lib/referrals/export-name";
import { fileResponse } from "@/lib/referrals/file-response";
import { readExport } from "@/lib/referrals/read-list";

type Context = { params: Promise<{ applicationId: string; campaignId: string }> };

/** What an address asks to be exported, and the name of the file. */
async function readAsked(actor: Actor, request: Request, { params }: Context) {
  const { campaign, scope } = await referralCampaign(actor, await params);
  const { attributes, timeZone: zone } = campaign.application;
  const { filter, refusals, list, format } = readExport(new URL(request.url).searchParams, attributes);
  if (!filter || !format) throw new DomainError("invalid", refusals.map(({ message }) => message).join(" "));
  const asked = { filter, sort: list.sort, columns: list.columns, attributes, format, zone, now: new Date() };
  return { scope, asked, fileName: exportFileName(campaign, asked) };
}

/** Downloads what the list shows under the same URL, whole: as CSV, as XLSX, or its codes alone as text. */
export const GET = defineEndpoint<Context>(async (actor, request, context) => {
  const { scope, asked, fileName } = await readAsked(actor, request, context);
  return fileResponse(await exportReferrals(actor, scope, asked, request.signal), fileName);
});

/** The same without the file. Next would run GET and then neither read the export nor end it. */
export const HEAD = defineEndpoint<Context>(async (actor, request, context) => {
  const { fileName } = await readAsked(actor, request, context);
  return fileResponse("", fileName);
});
