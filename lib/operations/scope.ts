import type { Permission } from "@/lib/access/permissions";
import { admit, type CampaignIds, type Scope } from "@/lib/access/scope";
import { db } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import type { OperationKind } from "@/lib/operations/schema";
import type { CaseRule } from "@/lib/referrals/rules";

/** What a write needs to know of its campaign. */
export interface WritableCampaign extends CampaignIds {
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
 * Loads the campaign that a write is about.
 * @throws DomainError `not_found` for an unknown campaign or another application's, `feature_off` without referrals
 */
export async function campaignForWriting({ ids }: Scope<"applications.read">): Promise<WritableCampaign> {
  const campaign = await db.campaign.findUnique({
    where: { applicationId_id: { applicationId: ids.applicationId, id: ids.campaignId } },
    select: { name: true, features: true, application: { select: { timeZone: true, caseSensitivity: true } } },
  });
  if (!campaign)
    throw new DomainError("not_found", `There is no campaign ${ids.campaignId} in application ${ids.applicationId}.`);
  if (!campaign.features.includes("referrals")) {
    throw featureOff(campaign.name);
  }
  return {
    ...ids,
    name: campaign.name,
    timeZone: campaign.application.timeZone,
    caseRule: campaign.application.caseSensitivity as CaseRule,
  };
}

const carryingOut = {
  create: "referrals.create",
  import: "referrals.import",
  edit: "referrals.edit",
  delete: "referrals.delete",
  undo: "operations.undo",
} as const satisfies Record<OperationKind, Permission>;

/**
 * Asks what carrying out, stopping or repeating an operation needs besides `operations.run`: to do what it does.
 * @throws DomainError `forbidden`
 */
export function mayCarryOut({ actor, ids }: Scope<"operations.run">, kind: OperationKind): void {
  admit(actor, ids, carryingOut[kind]);
}
