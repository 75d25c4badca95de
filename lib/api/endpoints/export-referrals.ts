import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { askedFields } from "@/lib/api/asked";
import { endpoint } from "@/lib/api/endpoint";
import { inApplication, pathId } from "@/lib/api/fields";
import { getCampaign, unknownCampaign } from "@/lib/campaigns/queries";
import { batchIdField } from "@/lib/codes/schema";
import { exportAsked } from "@/lib/referrals/export";
import { dateFormats } from "@/lib/referrals/export-columns";
import { shortened } from "@/lib/shortened";

const type = "application/csv";

export const exportReferrals = endpoint({
  name: "exportReferrals",
  method: "GET",
  path: "/v1/applications/{applicationId}/export_referrals",
  key: "management",
  permission: "referrals.export",
  tag: "Referrals",
  summary: "Export codes as a CSV file",
  description:
    "All codes of a campaign or, without `campaignId`, of the application; filters combine, as in the list. The file has a header, and no more where no code matches. Dates are in UTC: `2030-01-31T09:05:27Z`, or, for spreadsheets, `2030-01-31 09:05:27` with `dateFormat=excel`, in which an import would find no zone. A cell that a spreadsheet would run as a formula gets a `'` in front, which an import takes off again.",
  params: inApplication,
  query: z.strictObject({
    campaignId: pathId.optional(),
    ...askedFields,
    batchId: batchIdField.optional(),
    dateFormat: z
      .enum(dateFormats, {
        error: (issue) => `“${shortened(String(issue.input), 40)}” is no format; those are ${dateFormats.join(", ")}.`,
      })
      .default("ISO8601"),
  }),
  answers: { 200: { description: "The file.", file: type } },
  refusals: {
    400: "a filter is none that there can be",
    404: "there is no such campaign",
    503: "other exports are running; try again in a minute",
  },
  async run({ scope, inCampaign, request, untilGone, query: { campaignId, dateFormat: dates, ...asked } }) {
    if (campaignId !== undefined) {
      const place = inCampaign(campaignId);
      if (!(await getCampaign(place))) throw unknownCampaign(place.ids);
    }
    const headers = {
      "content-type": `${type}; charset=utf-8`,
      "content-disposition": 'attachment; filename="referrals.csv"',
    };
    if (request.method === "HEAD") return { status: 200, headers, send: async (response) => void response.end() };
    const now = new Date();
    const rows = await exportAsked(scope, { campaignId: campaignId ?? null, asked, dates, now }, untilGone());
    return { status: 200, headers, send: (response) => pipeline(Readable.from(rows), response) };
  },
});
