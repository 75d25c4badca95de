import type { Permission } from "@/lib/access/permissions";
import { admit, type CampaignIds, type Scope } from "@/lib/access/scope";
import { type Campaign, getCampaign, unknownCampaign } from "@/lib/campaigns/queries";
import type { CaseRule } from "@/lib/codes/rules";
import { DomainError } from "@/lib/errors";
import type { OperationKind } from "@/lib/operations/schema";

/** What a write needs to know of its campaign. */
export interface WritableCampaign extends CampaignIds {
  name: string;
  timeZone: string;
  caseRule: CaseRule;
  /** How codes are drawn where nothing else is said. */
  codePattern: string;
  codeCharacters: string;
}

/**
 * A campaign that has the referrals feature.
 * @throws DomainError `feature_off`
 */
export function havingReferrals(campaign: Campaign): Campaign {
  if (campaign.hasReferrals) return campaign;
  throw new DomainError("feature_off", { reason: "feature_off", feature: "referrals", campaign: campaign.name });
}

/**
 * Loads the campaign that a write is about.
 * @throws DomainError `not_found` for an unknown campaign or another application's, `feature_off` without referrals
 */
export async function campaignForWriting(scope: Scope<"applications.read">): Promise<WritableCampaign> {
  const campaign = await getCampaign(scope);
  if (!campaign) throw unknownCampaign(scope.ids);
  const { name, application, codePattern, codeCharacters } = havingReferrals(campaign);
  const { timeZone, caseRule } = application;
  return { ...scope.ids, name, timeZone, caseRule, codePattern, codeCharacters };
}

const carryingOut = {
  create: "referrals.create",
  import: "referrals.import",
  edit: "referrals.edit",
  delete: "referrals.delete",
  undo: "operations.undo",
} as const satisfies Record<OperationKind, Permission>;

/**
 * Asks what carrying out, approving, stopping or repeating an operation needs besides its own permission: to do what it does.
 * @throws DomainError `forbidden`
 */
export function mayCarryOut({ actor, ids }: Scope<"referrals.read">, kind: OperationKind): void {
  admit(actor, ids, carryingOut[kind]);
}
