import { referralCampaign } from "@/lib/campaigns/queries";
import { defineEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { chosenAmong } from "@/lib/selections/queries";
import { chosenAmongInput } from "@/lib/selections/schema";

type Context = { params: Promise<{ applicationId: string; campaignId: string; selectionId: string }> };

/** Which of some codes, `?ids=1,2`, a stored selection holds: `{ ids }`. Asked for each page that shows a frozen set. */
export const GET = defineEndpoint<Context>(async (actor, request, { params }) => {
  const { selectionId } = await params;
  const { scope } = await referralCampaign(actor, await params);
  const ids = (new URL(request.url).searchParams.get("ids") ?? "").split(",");
  const asked = chosenAmongInput.safeParse({ selectionId, ids });
  if (!asked.success)
    throw new DomainError(
      "invalid",
      "Name the selection in the path, and in “ids” 1 to 250 ids with commas between them.",
    );
  const chosen = await chosenAmong(actor, scope, asked.data);
  return Response.json({ ids: chosen }, { headers: { "cache-control": "no-store" } });
});
