import { z } from "zod";
import { getCampaign } from "@/lib/campaigns/queries";
import { defineEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { getPlan } from "@/lib/operations/plan";
import { idField } from "@/lib/referrals/schema";

type Context = { params: Promise<{ applicationId: string; campaignId: string; operationId: string }> };

/** A large plan that is being made in the background, or is there: what its form asks for until it is. */
export const GET = defineEndpoint<Context>(async (actor, request, { params }) => {
  const { applicationId, campaignId, operationId } = await params;
  const campaign = await getCampaign(actor, applicationId, campaignId);
  const openedAt = z.iso.datetime().safeParse(new URL(request.url).searchParams.get("openedAt"));
  const scope = campaign && { applicationId: campaign.applicationId, campaignId: campaign.id };
  const plan =
    scope && idField.safeParse(operationId).success
      ? await getPlan(actor, scope, operationId, openedAt.success ? openedAt.data : null)
      : null;
  if (!plan) throw new DomainError("not_found", "This plan is no longer kept. Plan the change again.");
  return Response.json(plan, { headers: { "cache-control": "no-store" } });
});
