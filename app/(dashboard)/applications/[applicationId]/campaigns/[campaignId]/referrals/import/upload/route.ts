import { getCampaign } from "@/lib/campaigns/queries";
import { defineEndpoint } from "@/lib/endpoint";
import { DomainError, invalidField } from "@/lib/errors";
import { fileBytesMax, fileNameField } from "@/lib/imports/schema";
import { stageImport } from "@/lib/imports/staging";
import { fileTooLarge } from "@/lib/imports/text";

type Context = { params: Promise<{ applicationId: string; campaignId: string }> };

/**
 * Takes a CSV file as the raw body, its name in the query (`?name=`), and checks it whole while it streams. Answers the id
 * of the import, whose page shows what was found.
 */
export const POST = defineEndpoint<Context>(async (actor, request, { params }) => {
  const { applicationId, campaignId } = await params;
  const campaign = await getCampaign(actor, applicationId, campaignId);
  if (!campaign) throw new DomainError("not_found", "There is no such campaign in this application.");
  if (Number(request.headers.get("content-length") ?? 0) > fileBytesMax) throw fileTooLarge();
  if (!request.body) throw invalidField("file", "The file is empty.");
  const name = fileNameField.parse(new URL(request.url).searchParams.get("name") ?? "");
  const scope = { applicationId: campaign.applicationId, campaignId: campaign.id };
  const importId = await stageImport(actor, scope, { name, body: request.body });
  return Response.json({ ok: true, data: { importId } }, { status: 201, headers: { "cache-control": "no-store" } });
});
