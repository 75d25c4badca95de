import { livePart } from "@/components/referrals/list/rows";
import { campaignEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { liveIdsField, liveRows } from "@/lib/referrals/list/live";

/** What of some codes, `?ids=1,2`, changes while they are looked at, by their ids. Asked for while a list is open. */
export const GET = campaignEndpoint("referrals.read", async ({ scope }, request) => {
  const ids = liveIdsField.safeParse((new URL(request.url).searchParams.get("ids") ?? "").split(","));
  if (!ids.success) throw new DomainError("invalid", { reason: "live_question" });
  const now = new Date();
  const rows = await liveRows(scope, ids.data);
  const live = Object.fromEntries(rows.map((row) => [row.id, livePart(row, now)]));
  return Response.json(live, { headers: { "cache-control": "no-store" } });
});
