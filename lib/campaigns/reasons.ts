import type { CampaignIds } from "@/lib/access/scope";
import type { Sentences } from "@/lib/say";

/** Why something about a campaign is refused. */
export type CampaignReason =
  /** The place is null where the address does not say one. */
  | { reason: "campaign_unknown"; place: CampaignIds | null }
  | { reason: "feature_off"; feature: "referrals"; campaign: string }
  | { reason: "campaign_name_taken"; name: string; campaignId: number }
  | { reason: "campaign_changed" | "campaign_ends_before_start" };

export const campaignSentences: Sentences<CampaignReason> = {
  campaign_unknown: ({ place }) =>
    place === null
      ? "There is no such campaign in this application."
      : `There is no campaign ${place.campaignId} in application ${place.applicationId}.`,
  feature_off: ({ feature, campaign }) =>
    `The ${feature} feature of “${campaign}” is off. Switch it on in the campaign's settings.`,
  campaign_name_taken: ({ name, campaignId }) =>
    `Campaign ${campaignId} is called “${name}” already; choose another name.`,
  campaign_ends_before_start: () => "The campaign ends before it starts. Give an end after the start.",
  campaign_changed: () => "Someone else saved this campaign while you were editing it. Nothing was saved yet.",
};
