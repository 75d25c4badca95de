import { audit, differing } from "@/lib/access/audit";
import { lockApplication } from "@/lib/access/lock";
import type { ApplicationIds, Asked, Scope } from "@/lib/access/scope";
import { lockedApplication } from "@/lib/applications/commands";
import { unknownCampaign } from "@/lib/campaigns/queries";
import { withReferrals } from "@/lib/campaigns/rules";
import type { CreateCampaignInput, SaveCampaignInput } from "@/lib/campaigns/schema";
import { charactersProblem } from "@/lib/codes/generator";
import type { CaseRule } from "@/lib/codes/rules";
import { db, type Transaction } from "@/lib/db";
import { DomainError, invalidField } from "@/lib/errors";

const settingsColumns = {
  name: true,
  description: true,
  state: true,
  features: true,
  codePattern: true,
  codeCharacters: true,
  linkPattern: true,
  shareText: true,
  startTime: true,
  endTime: true,
  version: true,
  application: { select: { caseSensitivity: true } },
} as const;

/**
 * Makes an enabled campaign without a schedule. A form that is sent twice makes one, because names differ.
 * @throws DomainError `not_found`; `invalid` for a name that a campaign of the application has, or characters that are one by
 * its case rule
 */
export async function createCampaign(
  scope: Scope<"campaigns.write", ApplicationIds>,
  input: Asked<CreateCampaignInput>,
): Promise<{ campaignId: number }> {
  const { referrals, ...campaign } = input;
  return db.$transaction(async (tx) => {
    const application = await lockedApplication(tx, scope);
    await refuseTakenName(tx, application.id, input.name);
    refuseCharacters(input.codeCharacters, application.caseRule);
    const { id } = await tx.campaign.create({
      data: { ...campaign, applicationId: application.id, features: withReferrals([], referrals) },
      select: { id: true },
    });
    const ids = { applicationId: application.id, campaignId: id };
    await audit(tx, { ...scope, ids }, { event: "campaign_made", subject: input.name, after: input });
    return { campaignId: id };
  });
}

/**
 * The application is to be locked, so that nobody takes the name meanwhile.
 * @throws DomainError `invalid` for a name that a campaign of the application has
 */
export async function refuseTakenName(tx: Transaction, applicationId: number, name: string): Promise<void> {
  const namesake = await tx.campaign.findFirst({ where: { applicationId, name }, select: { id: true } });
  if (!namesake) return;
  throw invalidField(["name"], { reason: "campaign_name_taken", name, campaignId: namesake.id });
}

/** @throws DomainError `invalid` for characters that are one by the application's case rule */
export function refuseCharacters(characters: string, caseRule: CaseRule): void {
  const problem = charactersProblem(characters, caseRule);
  if (problem) throw invalidField(["codeCharacters"], problem);
}

/**
 * Saves the settings of a campaign, if nobody saved them since `input.version`.
 * @returns the new version
 * @throws DomainError `not_found`; `invalid` for a new name that a campaign has, or characters that are one by the application's
 * case rule; `stale` with the settings as they stand now, and nothing saved
 */
export async function saveCampaign(
  scope: Scope<"campaigns.write">,
  input: Asked<SaveCampaignInput>,
): Promise<{ version: number }> {
  const { applicationId, campaignId } = scope.ids;
  const { version, referrals, ...settings } = input;
  return db.$transaction(async (tx) => {
    const saved = await savedSettings(tx, applicationId, campaignId);
    refuseCharacters(input.codeCharacters, saved.application.caseSensitivity as CaseRule);
    if (version === saved.version && settings.name !== saved.name) {
      await lockApplication(tx, scope);
      await refuseTakenName(tx, applicationId, settings.name);
    }
    const data = { ...settings, features: withReferrals(saved.features, referrals) };
    const { count } = await tx.campaign.updateMany({
      where: { applicationId, id: campaignId, version },
      data: { ...data, version: { increment: 1 } },
    });
    if (count === 1) {
      await audit(tx, scope, { event: "campaign_saved", subject: saved.name, ...differing<object>(saved, data) });
      return { version: version + 1 };
    }
    throw stale(await savedSettings(tx, applicationId, campaignId));
  });
}

async function savedSettings(tx: Transaction, applicationId: number, campaignId: number) {
  const saved = await tx.campaign.findUnique({
    where: { applicationId_id: { applicationId, id: campaignId } },
    select: settingsColumns,
  });
  if (saved) return saved;
  throw unknownCampaign({ applicationId, campaignId });
}

function stale({
  application: _,
  features,
  startTime,
  endTime,
  ...saved
}: Awaited<ReturnType<typeof savedSettings>>): DomainError {
  const details = {
    ...saved,
    referrals: features.includes("referrals"),
    startTime: startTime?.toISOString() ?? null,
    endTime: endTime?.toISOString() ?? null,
  };
  return new DomainError("stale", { reason: "campaign_changed" }, { details });
}
