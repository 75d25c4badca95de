import { formatNumber } from "@/lib/format";
import type { Sentences } from "@/lib/say";

/** Why an edit is not scheduled, or did not take place. */
export type ScheduleReason =
  | { reason: "schedule_past" | "schedule_order" | "schedule_unknown" | "schedule_begun" | "schedule_taken_back" }
  | { reason: "schedule_far"; years: number }
  | { reason: "schedules_full"; most: number };

export const scheduleSentences: Sentences<ScheduleReason> = {
  schedule_past: () => "This moment has passed. Choose one that is ahead, or make the change now.",
  schedule_order: () => "It cannot be taken back before it is made. Choose a later moment, or leave this empty.",
  schedule_far: ({ years }) => `This is more than ${years} years ahead. Choose an earlier moment.`,
  schedule_unknown: () => "There is no such scheduled change in this campaign.",
  schedule_begun: () => "This change has been made already. Undo it in Operations, or take it back here.",
  schedule_taken_back: () => "The change had been undone before its end, so there was nothing to take back.",
  schedules_full: ({ most }) => `${formatNumber(most)} changes of this campaign are scheduled; cancel one first.`,
};
