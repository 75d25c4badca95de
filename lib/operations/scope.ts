import type { Actor } from "@/lib/access/actor";
import { db } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import type { CampaignScope } from "@/lib/operations/schema";
import type { CaseRule } from "@/lib/referrals/rules";

/** What a write needs to know of its campaign. */
export interface WritableCampaign extends CampaignScope {
  name: string;
  timeZone: string;
  caseRule: CaseRule;
}

/** The refusal of everything about referrals in a campaign without them. */
export function featureOff(name: string): DomainError {
  return new DomainError(
    "feature_off",
    `The referrals feature of “${name}” is off. Switch it on in the campaign's settings.`,
  );
}

/**
 * Loads the campaign that a write is about, through the actor's scope.
 * @throws DomainError `not_found` for an unknown campaign or another application's, `feature_off` without referrals
 */
export async function campaignForWriting(_actor: Actor, scope: CampaignScope): Promise<WritableCampaign> {
  const campaign = await db.campaign.findUnique({
    where: { applicationId_id: { applicationId: scope.applicationId, id: scope.campaignId } },
    select: { name: true, features: true, application: { select: { timeZone: true, caseSensitivity: true } } },
  });
  if (!campaign)
    throw new DomainError(
      "not_found",
      `There is no campaign ${scope.campaignId} in application ${scope.applicationId}.`,
    );
  if (!campaign.features.includes("referrals")) {
    throw featureOff(campaign.name);
  }
  return {
    ...scope,
    name: campaign.name,
    timeZone: campaign.application.timeZone,
    caseRule: campaign.application.caseSensitivity as CaseRule,
  };
}
