import type { Actor } from "@/lib/actor";
import { withReferrals } from "@/lib/campaigns/rules";
import type { SaveCampaignInput } from "@/lib/campaigns/schema";
import { db, type Transaction } from "@/lib/db";
import { DomainError } from "@/lib/errors";

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
} as const;

/**
 * Saves the settings of a campaign, if nobody saved them since `input.version`.
 * @returns the new version
 * @throws DomainError `not_found`; `stale` with the settings as they stand now, and nothing saved
 */
export async function saveCampaign(_actor: Actor, input: SaveCampaignInput): Promise<{ version: number }> {
  const { applicationId, campaignId, version, referrals, ...settings } = input;
  return db.$transaction(async (tx) => {
    const saved = await savedSettings(tx, applicationId, campaignId);
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

function stale({ features, startTime, endTime, ...saved }: Awaited<ReturnType<typeof savedSettings>>): DomainError {
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
