import { formatNumber } from "@/lib/format";
import type { Sentences } from "@/lib/say";

/** Why codes are not listed or exported. */
export type ReferralReason =
  /** What the list itself says of each parameter of its address. */
  | { reason: "list_unreadable"; refusals: { param: string; message: string }[] }
  | { reason: "referral_unknown"; referralId: string; campaignId: number }
  | { reason: "batch_unknown"; batchId: string; campaignId: number }
  | { reason: "live_question" }
  | { reason: "sheet_full"; rows: number }
  | { reason: "exports_busy" };

export const referralSentences: Sentences<ReferralReason> = {
  list_unreadable: ({ refusals }) => refusals.map(({ message }) => message).join(" "),
  referral_unknown: ({ referralId, campaignId }) => `There is no referral ${referralId} in campaign ${campaignId}.`,
  batch_unknown: ({ batchId, campaignId }) => `There is no code of a batch “${batchId}” in campaign ${campaignId}.`,
  live_question: () => "Ask with ids=1,2,3, for up to 250 codes, and with opened=2026-11-28T12:00:00.000Z.",
  sheet_full: ({ rows }) =>
    `An XLSX sheet has ${formatNumber(rows)} rows, one of them for the names of the columns, and these are more codes. Narrow the list, or export it as CSV.`,
  exports_busy: () => "Other exports are running at the moment. Try again in a minute.",
};
