export const campaignStates = ["enabled", "disabled", "archived"] as const;
export type CampaignState = (typeof campaignStates)[number];

/** All that a campaign can have; only referrals do something here, the others are kept. */
export const campaignFeatures = [
  "coupons",
  "referrals",
  "loyalty",
  "giveaways",
  "strikethrough",
  "achievements",
  "advancedEvents",
] as const;

/** Whether the campaign takes part in referrals now. */
export function hasReferrals(campaign: { features: readonly string[] }): boolean {
  return campaign.features.includes("referrals");
}

/** The features with referrals switched on or off; the others are left alone. */
export function withReferrals(features: readonly string[], on: boolean): string[] {
  const others = features.filter((feature) => feature !== "referrals");
  return on ? [...others, "referrals"] : others;
}

export type CampaignStatus = "running" | "scheduled" | "ended" | "disabled" | "archived";

/** What the state and the schedule come to at `now`. Ends are exclusive. */
export function campaignStatus(
  campaign: { state: string; startTime: Date | null; endTime: Date | null },
  now: Date,
): CampaignStatus {
  if (campaign.state === "archived" || campaign.state === "disabled") return campaign.state;
  if (campaign.endTime && campaign.endTime <= now) return "ended";
  if (campaign.startTime && campaign.startTime > now) return "scheduled";
  return "running";
}
