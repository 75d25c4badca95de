import { listBatches } from "@/lib/batches/list";
import { readBatchList } from "@/lib/batches/search-params";
import { campaignEndpoint } from "@/lib/endpoint";

/** The newest batches with a text in their name, note or ID, for the filter by batch: `[{ batchId, name, codes }]`, up to 8. */
export const GET = campaignEndpoint("referrals.read", async ({ scope }, request) => {
  const { q } = readBatchList({ q: new URL(request.url).searchParams.get("q") ?? "" });
  const { rows } = await listBatches(scope, { q, sort: "-created", after: null, size: 8 });
  const found = rows.map(({ batchId, name, codes }) => ({ batchId, name, codes }));
  return Response.json(found);
});
