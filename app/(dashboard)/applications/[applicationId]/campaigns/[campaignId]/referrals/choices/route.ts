import { listAttributes } from "@/lib/attributes/queries";
import { campaignEndpoint } from "@/lib/endpoint";
import { listViews } from "@/lib/views/queries";

/** What the menus of the list offer: `{ attributes, views, timeZone }`. Asked for when one is opened. */
export const GET = campaignEndpoint("referrals.read", async ({ scope, campaign }) => {
  const [attributes, views] = await Promise.all([listAttributes(scope), listViews(scope)]);
  const { timeZone } = campaign.application;
  return Response.json({ attributes, views, timeZone });
});
