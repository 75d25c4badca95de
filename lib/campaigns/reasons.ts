import type { CampaignIds } from "@/lib/access/scope";
import { codeSentences, type TextReason } from "@/lib/codes/reasons";
import { formatNumber } from "@/lib/format";
import type { Sentences } from "@/lib/say";
import { shortened } from "@/lib/shortened";

/** Why a pattern of links is refused. */
export type LinkReason =
  | { reason: "link_long"; length: number; most: number }
  | { reason: "link_no_address" | "link_without_code" | "link_code_in_host"; pattern: string };

/** Why a share text is refused. */
export type ShareTextReason =
  | TextReason
  | { reason: "share_text_long"; length: number; most: number }
  | { reason: "share_text_place"; place: string }
  | { reason: "share_text_without_code" | "share_text_without_links" };

/** Why something about a campaign is refused. */
export type CampaignReason =
  | LinkReason
  | ShareTextReason
  | { reason: "link_pattern_missing" | "share_text_missing"; campaign: string }
  /** The place is null where the address does not say one. */
  | { reason: "campaign_unknown"; place: CampaignIds | null }
  | { reason: "feature_off"; feature: "referrals"; campaign: string }
  | { reason: "campaign_name_taken"; name: string; campaignId: number }
  | { reason: "campaign_changed" | "campaign_ends_before_start" };

export const campaignSentences: Sentences<CampaignReason> = {
  text_nul: codeSentences.text_nul,
  text_broken: codeSentences.text_broken,
  share_text_long: ({ length, most }) =>
    `A share text has up to ${formatNumber(most)} characters; this has ${formatNumber(length)}. Shorten it.`,
  share_text_place: ({ place }) =>
    `There is nothing to stand in the place of {${shortened(place)}}. It can be {code}, {link}, {advocate} or {validUntil}.`,
  share_text_without_code: () => "This text says nowhere where the code goes: write {code} or {link} there.",
  share_text_without_links: () =>
    "This campaign has no links: write what they look like above, or {code} instead of {link}.",
  campaign_unknown: ({ place }) =>
    place === null
      ? "There is no such campaign in this application."
      : `There is no campaign ${place.campaignId} in application ${place.applicationId}.`,
  feature_off: ({ feature, campaign }) =>
    `The ${feature} feature of “${campaign}” is off. Switch it on in the campaign's settings.`,
  campaign_name_taken: ({ name, campaignId }) =>
    `Campaign ${campaignId} is called “${name}” already; choose another name.`,
  link_long: ({ length, most }) => `A link has up to ${most} characters; this has ${formatNumber(length)}. Shorten it.`,
  link_no_address: ({ pattern }) =>
    `“${shortened(pattern)}” is no address of a web page: write one that begins with https://, without blanks and passwords.`,
  link_without_code: ({ pattern }) =>
    `“${shortened(pattern)}” says nowhere where the code goes: write {code} there, such as https://shop.example/?ref={code}.`,
  link_code_in_host: ({ pattern }) =>
    `“${shortened(pattern)}” has the code in the server's name, where not every code can stand: put {code} behind it.`,
  link_pattern_missing: ({ campaign }) =>
    `“${campaign}” has no links yet. Write what they look like in the campaign's settings, below Sharing.`,
  share_text_missing: ({ campaign }) =>
    `“${campaign}” has no share text yet. Write one in the campaign's settings, below Sharing.`,
  campaign_ends_before_start: () => "The campaign ends before it starts. Give an end after the start.",
  campaign_changed: () => "Someone else saved this campaign while you were editing it. Nothing was saved yet.",
};
