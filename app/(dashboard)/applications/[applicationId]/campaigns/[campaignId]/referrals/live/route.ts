import { type LiveAnswer, livePart } from "@/components/referrals/list/rows";
import { campaignEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { countNewer, liveIdsField, liveRows, openedField } from "@/lib/referrals/list/live";

/**
 * What of some codes, `?ids=1,2`, changes while they are looked at, by their ids; and how many were made since the list was
 * opened, `&opened=2026-11-28T12:00:00.000Z`. Asked for while a list is open.
 */
export const GET = campaignEndpoint("referrals.read", async ({ scope }, request) => {
  const asked = new URL(request.url).searchParams;
  const ids = liveIdsField.safeParse((asked.get("ids") ?? "").split(","));
  const opened = openedField.safeParse(asked.get("opened"));
  if (!ids.success || !opened.success) throw new DomainError("invalid", { reason: "live_question" });
  const now = new Date();
  const rows = await liveRows(scope, ids.data);
  const live: LiveAnswer = {
    rows: Object.fromEntries(rows.map((row) => [row.id, livePart(row, now)])),
    newer: await countNewer(scope, opened.data),
  };
  return Response.json(live);
});
