import type { Sentences } from "@/lib/say";

/** Why a batch is not named. */
export type BatchReason = { reason: "batch_unknown" | "batch_renamed" };

export const batchSentences: Sentences<BatchReason> = {
  batch_unknown: () => "There is no such batch in this campaign.",
  batch_renamed: () => "Someone else saved another name or note meanwhile, and nothing was saved.",
};
