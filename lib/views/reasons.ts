import type { Sentences } from "@/lib/say";

/** Why a view is not saved. */
export type ViewReason =
  | { reason: "view_changed" | "view_unknown" | "view_gone" }
  | { reason: "views_full"; most: number }
  | { reason: "view_name_taken"; name: string };

export const viewSentences: Sentences<ViewReason> = {
  view_changed: () =>
    "Someone else changed this view meanwhile, and nothing was saved. Open it again to see it as it is now.",
  view_unknown: () => "There was no such view in this campaign.",
  view_gone: () => "This view is gone: someone deleted it.",
  views_full: ({ most }) => `This campaign has ${most} views; delete one first.`,
  view_name_taken: ({ name }) => `There is a view “${name}” already; choose another name.`,
};
