import { z } from "zod";
import { idField } from "@/lib/codes/schema";
import { campaignEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { getPlan } from "@/lib/operations/plan";
import type { CampaignAddress } from "@/lib/page";

type Params = CampaignAddress & { operationId: string };

/** A large plan that is being made in the background, or is there: what its form asks for until it is. */
export const GET = campaignEndpoint("referrals.read", async ({ scope }, request, { operationId }: Params) => {
  const openedAt = z.iso.datetime().safeParse(new URL(request.url).searchParams.get("openedAt"));
  const plan = idField.safeParse(operationId).success
    ? await getPlan(scope, operationId, openedAt.success ? openedAt.data : null)
    : null;
  if (!plan) throw new DomainError("not_found", { reason: "plan_gone" });
  return Response.json(plan);
});
