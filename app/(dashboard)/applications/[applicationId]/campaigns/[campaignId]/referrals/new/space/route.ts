import { z } from "zod";
import { getCampaign } from "@/lib/campaigns/queries";
import { defineEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { fieldProblems } from "@/lib/field-problems";
import { getSpaceUse } from "@/lib/referrals/create/queries";
import { creationMax } from "@/lib/referrals/create/rules";

const query = z.object({
  pattern: z.string(),
  characters: z.string().max(1000),
  wanted: z.coerce.number().int().min(0).max(creationMax),
});

/** How much of a code pattern is used, for the meter of the form: `{ used, exact }`. */
export const GET = defineEndpoint(
  async (actor, request, { params }: { params: Promise<{ applicationId: string; campaignId: string }> }) => {
    const { applicationId, campaignId } = await params;
    const campaign = await getCampaign(actor, applicationId, campaignId);
    if (!campaign) throw new DomainError("not_found", "There is no such campaign.");
    const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!asked.success)
      throw new DomainError("invalid", "The question is incomplete.", { fields: fieldProblems(asked.error) });
    const use = await getSpaceUse(actor, campaign, asked.data);
    return Response.json(use, { headers: { "cache-control": "no-store" } });
  },
);
