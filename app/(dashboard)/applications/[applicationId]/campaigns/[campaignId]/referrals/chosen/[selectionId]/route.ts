import { campaignEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import type { CampaignAddress } from "@/lib/page";
import { chosenAmong } from "@/lib/selections/queries";
import { chosenAmongInput } from "@/lib/selections/schema";

type Params = CampaignAddress & { selectionId: string };

/** Which of some codes, `?ids=1,2`, a stored selection holds: `{ ids }`. Asked for each page that shows a frozen set. */
export const GET = campaignEndpoint("referrals.read", async ({ scope }, request, { selectionId }: Params) => {
  const ids = (new URL(request.url).searchParams.get("ids") ?? "").split(",");
  const asked = chosenAmongInput.safeParse({ selectionId, ids });
  if (!asked.success) throw new DomainError("invalid", { reason: "selection_question" });
  const chosen = await chosenAmong(scope, asked.data);
  return Response.json({ ids: chosen });
});
