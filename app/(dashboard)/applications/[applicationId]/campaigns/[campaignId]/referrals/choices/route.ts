import { listAttributes } from "@/lib/attributes/queries";
import { getCampaign } from "@/lib/campaigns/queries";
import { defineEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { listViews } from "@/lib/views/queries";

type Context = { params: Promise<{ applicationId: string; campaignId: string }> };

/** What the menus of the list offer: `{ attributes, views }`. Asked for when one is opened. */
export const GET = defineEndpoint<Context>(async (actor, _request, { params }) => {
  const { applicationId, campaignId } = await params;
  const campaign = await getCampaign(actor, applicationId, campaignId);
  if (!campaign) throw new DomainError("not_found", "There is no such campaign in this application.");
  const scope = { applicationId: campaign.applicationId, campaignId: campaign.id };
  const [attributes, views] = await Promise.all([
    listAttributes(actor, campaign.applicationId),
    listViews(actor, scope),
  ]);
  return Response.json({ attributes, views }, { headers: { "cache-control": "no-store" } });
});
