import { formatNumber } from "@/lib/format";
import type { Sentences } from "@/lib/say";

/** Why an edit is not scheduled, or did not take place. */
export type ScheduleReason =
  | { reason: "schedule_past" | "schedule_order" | "schedule_unknown" | "schedule_begun" | "schedule_taken_back" }
  | { reason: "schedule_far"; years: number }
  | { reason: "schedule_unapproved"; above: number }
  | { reason: "schedule_not_approved" }
  | { reason: "schedules_full"; most: number };

export const scheduleSentences: Sentences<ScheduleReason> = {
  schedule_past: () => "This moment has passed. Choose one that is ahead, or make the change now.",
  schedule_order: () => "It cannot be taken back before it is made. Choose a later moment, or leave this empty.",
  schedule_far: ({ years }) => `This is more than ${years} years ahead. Choose an earlier moment.`,
  schedule_unknown: () => "There is no such scheduled change in this campaign.",
  schedule_begun: () => "This change has been made already. Undo it in Operations, or take it back here.",
  schedule_taken_back: () => "The change had been undone before its end, so there was nothing to take back.",
  schedule_unapproved: ({ above }) =>
    `A change of more than ${formatNumber(above)} codes needs a second person’s approval in this application, and a scheduled one cannot be approved before its time. Ask for approval of it now, or at its time.`,
  schedule_not_approved: () => "Nobody approved the change before its end, so it was not made.",
  schedules_full: ({ most }) => `${formatNumber(most)} changes of this campaign are scheduled; cancel one first.`,
};
