import { campaignEndpoint } from "@/lib/endpoint";
import { invalidField } from "@/lib/errors";
import { fileBytesMax, fileNameField } from "@/lib/imports/schema";
import { stageImport } from "@/lib/imports/staging";
import { fileTooLarge } from "@/lib/imports/text";

/**
 * Takes a CSV file as the raw body, its name in the query (`?name=`), and checks it whole while it streams. Answers the id
 * of the import, whose page shows what was found.
 */
export const POST = campaignEndpoint("referrals.import", async ({ scope }, request) => {
  if (Number(request.headers.get("content-length") ?? 0) > fileBytesMax) throw fileTooLarge();
  if (!request.body) throw invalidField("file", "The file is empty.");
  const name = fileNameField.parse(new URL(request.url).searchParams.get("name") ?? "");
  const importId = await stageImport(scope, { name, body: request.body });
  return Response.json({ ok: true, data: { importId } }, { status: 201, headers: { "cache-control": "no-store" } });
});
