import { campaignEndpoint } from "@/lib/endpoint";
import { codesFile } from "@/lib/imports/file-kinds";
import { takeUpload } from "@/lib/imports/rereading";
import { fileNameField } from "@/lib/imports/schema";
import { uploaded } from "@/lib/imports/uploaded";

/**
 * Takes a CSV file as the raw body, its name in the query (`?name=`), and checks it whole while it streams. Answers the id
 * of the import, whose page shows what was found.
 */
export const POST = campaignEndpoint("referrals.import", async ({ scope }, request) => {
  const body = uploaded(request, codesFile);
  const name = fileNameField.parse(new URL(request.url).searchParams.get("name") ?? "");
  const importId = await takeUpload(scope, { name, body });
  return Response.json({ ok: true, data: { importId } }, { status: 201 });
});
