import { z } from "zod";
import { getSpaceUse } from "@/lib/creations/queries";
import { campaignEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { advocatesMax } from "@/lib/imports/schema";

const query = z.object({
  pattern: z.string(),
  characters: z.string().max(1000),
  wanted: z.coerce.number().int().min(0).max(advocatesMax),
});

/** How much of a code pattern is used, for the meter of the form: `{ used, exact }`. */
export const GET = campaignEndpoint("referrals.create", async ({ scope, campaign }, request) => {
  const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) throw new DomainError("invalid", { reason: "space_question" });
  const use = await getSpaceUse(scope, campaign, asked.data);
  return Response.json(use);
});
