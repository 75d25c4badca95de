import { listAttributes } from "@/lib/attributes/queries";
import { referralCampaign } from "@/lib/campaigns/queries";
import { defineEndpoint } from "@/lib/endpoint";
import { listViews } from "@/lib/views/queries";

type Context = { params: Promise<{ applicationId: string; campaignId: string }> };

/** What the menus of the list offer: `{ attributes, views }`. Asked for when one is opened. */
export const GET = defineEndpoint<Context>(async (actor, _request, { params }) => {
  const { campaign, scope } = await referralCampaign(actor, await params);
  const [attributes, views] = await Promise.all([
    listAttributes(actor, campaign.applicationId),
    listViews(actor, scope),
  ]);
  return Response.json({ attributes, views }, { headers: { "cache-control": "no-store" } });
});
