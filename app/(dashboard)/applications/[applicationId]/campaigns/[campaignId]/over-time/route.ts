import { campaignEndpoint } from "@/lib/endpoint";
import { overTimeCsv, overTimeFileName } from "@/lib/overview/csv";
import { countOverTime } from "@/lib/overview/over-time";
import { readRange } from "@/lib/overview/range";
import { fileResponse } from "@/lib/referrals/file-response";

/** What an address of the overview asks for. */
function readAsked(request: Request, zone: string) {
  return readRange(new URL(request.url).searchParams, new Date(), zone).range;
}

/** Downloads the chart of the overview under the same query, as CSV. */
export const GET = campaignEndpoint("referrals.read", async ({ scope, campaign }, request) => {
  const { timeZone: zone } = campaign.application;
  const range = readAsked(request, zone);
  const csv = overTimeCsv(range, await countOverTime(scope, range, zone), zone);
  return fileResponse(csv, overTimeFileName(campaign.id, range));
});

/** The same without the file, and without counting. */
export const HEAD = campaignEndpoint("referrals.read", async ({ campaign }, request) =>
  fileResponse("", overTimeFileName(campaign.id, readAsked(request, campaign.application.timeZone))),
);
