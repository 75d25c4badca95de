import { listAttributes } from "@/lib/attributes/queries";
import { campaignEndpoint } from "@/lib/endpoint";
import { sampleFile } from "@/lib/imports/sample";
import { fileResponse } from "@/lib/referrals/file-response";

/** Downloads a small file that imports as it is. */
export const GET = campaignEndpoint("referrals.import", async ({ scope }) => {
  const definitions = await listAttributes(scope);
  return fileResponse(sampleFile(definitions, new Date().getUTCFullYear() + 1), "referrals-sample.csv");
});
