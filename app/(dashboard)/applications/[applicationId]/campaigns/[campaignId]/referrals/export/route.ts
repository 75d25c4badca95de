import { tallyText } from "@/components/referrals/list/position";
import type { Campaign } from "@/lib/campaigns/queries";
import { campaignEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { exportReferrals } from "@/lib/referrals/export";
import { exportFileName } from "@/lib/referrals/export-name";
import { fileResponse } from "@/lib/referrals/file-response";
import { countFound } from "@/lib/referrals/list/queries";
import { readExport } from "@/lib/referrals/list/read";

/** What an address asks to be exported, and the name of the file. */
function readAsked(campaign: Campaign, request: Request) {
  const { attributes, timeZone: zone } = campaign.application;
  const { filter, refusals, list, format } = readExport(new URL(request.url).searchParams, attributes);
  if (!filter || !format) throw new DomainError("invalid", { reason: "list_unreadable", refusals });
  const { linkPattern, name } = campaign;
  if (format === "links" && !linkPattern)
    throw new DomainError("invalid", { reason: "link_pattern_missing", campaign: name });
  const { sort, columns } = list;
  const asked = { filter, sort, columns, attributes, format, zone, linkPattern, now: new Date() };
  return { asked, fileName: exportFileName(campaign, asked) };
}

/** Downloads what the list shows under the same URL, whole: as CSV, as XLSX, or its codes alone as text. */
export const GET = campaignEndpoint("referrals.export", async ({ scope, campaign }, request) => {
  const { asked, fileName } = readAsked(campaign, request);
  return fileResponse(await exportReferrals(scope, asked, request.signal), fileName);
});

/** The same without the file, and how many codes it has. Next would run GET and then neither read the export nor end it. */
export const HEAD = campaignEndpoint("referrals.export", async ({ scope, campaign }, request) => {
  const { asked, fileName } = readAsked(campaign, request);
  const response = fileResponse("", fileName);
  response.headers.set("export-rows", tallyText(await countFound(scope, asked)));
  return response;
});
