import { audit, differing } from "@/lib/access/audit";
import type { Scope } from "@/lib/access/scope";
import { lockedApplication } from "@/lib/applications/commands";
import { setBudgets } from "@/lib/budgets/commands";
import type { Limit } from "@/lib/budgets/schema";
import { refuseCharacters, refuseTakenName } from "@/lib/campaigns/commands";
import { unknownCampaign } from "@/lib/campaigns/queries";
import type { CampaignState } from "@/lib/campaigns/rules";
import { bulkTransaction } from "@/lib/db";
import { invalidField } from "@/lib/errors";

/** What a program says of a campaign. What is left out stays as it is; a null time is no bound. */
export interface CampaignUpdate {
  name: string;
  tags: string[];
  features: string[];
  limits: Limit[];
  description?: string | undefined;
  state?: CampaignState | undefined;
  startTime?: Date | null | undefined;
  endTime?: Date | null | undefined;
  codePattern?: string | undefined;
  codeCharacters?: string | undefined;
}

const updatedColumns = {
  ...{ name: true, tags: true, features: true, description: true, state: true, startTime: true, endTime: true },
  ...{ codePattern: true, codeCharacters: true },
} as const;

/**
 * Saves what a program says of a campaign, whoever saved it before; forms that show an earlier version are told so when they are sent.
 * @throws DomainError `not_found`; `invalid` for a name that another campaign has, characters that are one by the application's case
 * rule, or an end that is not after the start
 */
export async function updateCampaign(
  scope: Scope<"campaigns.write">,
  { limits, ...update }: CampaignUpdate,
): Promise<void> {
  const { applicationId, campaignId } = scope.ids;
  const where = { applicationId_id: { applicationId, id: campaignId } };
  await bulkTransaction(async (tx) => {
    const { caseRule } = await lockedApplication(tx, scope);
    const saved = await tx.campaign.findUnique({ where, select: updatedColumns });
    if (!saved) throw unknownCampaign(scope.ids);
    if (update.name !== saved.name) await refuseTakenName(tx, applicationId, update.name);
    if (update.codeCharacters !== undefined) refuseCharacters(update.codeCharacters, caseRule);
    const { startTime = saved.startTime, endTime = saved.endTime } = update;
    if (startTime && endTime && startTime >= endTime)
      throw invalidField(["endTime"], { reason: "campaign_ends_before_start" });
    const given = Object.fromEntries(Object.entries(update).filter(([, value]) => value !== undefined));
    await tx.campaign.update({ where, data: { ...given, version: { increment: 1 } } });
    await setBudgets(tx, scope, limits);
    const { before, after } = differing<object>(saved, given);
    await audit(tx, scope, { event: "campaign_saved", subject: saved.name, before, after: { ...after, limits } });
  });
}
