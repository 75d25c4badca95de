import { listAttributes } from "@/lib/attributes/queries";
import { campaignEndpoint } from "@/lib/endpoint";
import { listViews } from "@/lib/views/queries";

/** What the menus of the list offer: `{ attributes, views }`. Asked for when one is opened. */
export const GET = campaignEndpoint("referrals.read", async ({ scope }) => {
  const [attributes, views] = await Promise.all([listAttributes(scope), listViews(scope)]);
  return Response.json({ attributes, views }, { headers: { "cache-control": "no-store" } });
});
