import type { Actor } from "@/lib/actor";
import { withReferrals } from "@/lib/campaigns/rules";
import type { SaveCampaignInput } from "@/lib/campaigns/schema";
import { db, type Transaction } from "@/lib/db";
import { DomainError, invalidField } from "@/lib/errors";
import { charactersProblem } from "@/lib/referrals/generator";
import type { CaseRule } from "@/lib/referrals/rules";

const settingsColumns = {
  name: true,
  description: true,
  state: true,
  features: true,
  codePattern: true,
  codeCharacters: true,
  startTime: true,
  endTime: true,
  version: true,
  application: { select: { caseSensitivity: true } },
} as const;

/**
 * Saves the settings of a campaign, if nobody saved them since `input.version`.
 * @returns the new version
 * @throws DomainError `not_found`; `invalid` for characters that are one by the application's case rule; `stale` with the settings as they stand now, and nothing saved
 */
export async function saveCampaign(_actor: Actor, input: SaveCampaignInput): Promise<{ version: number }> {
  const { applicationId, campaignId, version, referrals, ...settings } = input;
  return db.$transaction(async (tx) => {
    const saved = await savedSettings(tx, applicationId, campaignId);
    const characters = charactersProblem(input.codeCharacters, saved.application.caseSensitivity as CaseRule);
    if (characters) throw invalidField("codeCharacters", characters);
    const { count } = await tx.campaign.updateMany({
      where: { applicationId, id: campaignId, version },
      data: { ...settings, features: withReferrals(saved.features, referrals), version: { increment: 1 } },
    });
    if (count === 1) return { version: version + 1 };
    throw stale(await savedSettings(tx, applicationId, campaignId));
  });
}

async function savedSettings(tx: Transaction, applicationId: number, campaignId: number) {
  const saved = await tx.campaign.findUnique({
    where: { applicationId_id: { applicationId, id: campaignId } },
    select: settingsColumns,
  });
  if (saved) return saved;
  throw new DomainError("not_found", `There is no campaign ${campaignId} in application ${applicationId}.`);
}

function stale({
  application: _,
  features,
  startTime,
  endTime,
  ...saved
}: Awaited<ReturnType<typeof savedSettings>>): DomainError {
  return new DomainError(
    "stale",
    "Someone else saved this campaign while you were editing it. Nothing was saved yet.",
    {
      details: {
        ...saved,
        referrals: features.includes("referrals"),
        startTime: startTime?.toISOString() ?? null,
        endTime: endTime?.toISOString() ?? null,
      },
    },
  );
}
