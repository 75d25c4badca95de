import { z } from "zod";
import { referralCampaign } from "@/lib/campaigns/queries";
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
    const { campaign } = await referralCampaign(actor, await params);
    const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!asked.success)
      throw new DomainError("invalid", "The question is incomplete.", { fields: fieldProblems(asked.error) });
    const use = await getSpaceUse(actor, campaign, asked.data);
    return Response.json(use, { headers: { "cache-control": "no-store" } });
  },
);
