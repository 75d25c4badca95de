import { formatCount, formatNumber } from "@/lib/format";
import type { ApprovalEnding } from "@/lib/operations/rules";
import type { Sentences } from "@/lib/say";

/** Why an operation leaves a code alone: what its row of the log keeps, beside the values that it was to get. */
export type Refusal =
  | "limit_below_redemptions"
  | "limit_too_high"
  | "start_not_before_end"
  | "date_out_of_range"
  | "friend_is_advocate"
  | "attributes_too_large"
  | "redeemed"
  | "changed_since"
  | "gone"
  | "code_taken"
  | "cancelled";

/** One sentence for `count` codes that an operation leaves alone for this reason. */
export function refusalText(refusal: Refusal, count: number): string {
  const codes = count === 1 ? "1 code" : `${count.toLocaleString("en-GB")} codes`;
  const [has, is] = count === 1 ? ["has", "is"] : ["have", "are"];
  const sentences: Record<Refusal, string> = {
    limit_below_redemptions: `${codes} ${has} been redeemed more often than the new limit allows.`,
    limit_too_high: `${codes} would get a limit above 999,999.`,
    start_not_before_end: `${codes} would end before ${count === 1 ? "it starts" : "they start"}.`,
    date_out_of_range: `${codes} would get a date outside the years 1900 to 9999.`,
    friend_is_advocate: `${codes} would be for ${count === 1 ? "its" : "their"} own advocate only, who cannot redeem ${count === 1 ? "it" : "them"}.`,
    attributes_too_large: `${codes} would have more than 64 kB of attributes.`,
    redeemed: `${codes} ${has} been redeemed.`,
    changed_since: `${codes} ${has} been changed since by someone else.`,
    gone: `${codes} ${is} deleted already.`,
    code_taken: `${codes} cannot come back: the same code was made again meanwhile.`,
    cancelled: `${codes} ${has} been left because the operation was cancelled.`,
  };
  return sentences[refusal];
}

/** Why one code is refused, with the numbers that decide: what it would have, and how often it has been redeemed. */
export type RefusedCode = { code: string } & (
  | { reason: "limit_below_redemptions"; limit: number; redemptions: number }
  | { reason: "limit_too_high"; limit: number }
  | { reason: "start_not_before_end" | "date_out_of_range"; validFrom: string | null; validUntil: string | null }
  | { reason: "redeemed"; redemptions: number }
  | { reason: "friend_is_advocate" | "attributes_too_large" | "changed_since" | "gone" | "code_taken" | "cancelled" }
);

/** Why an operation is not planned, carried out or stopped. */
export type OperationReason =
  | RefusedCode
  | { reason: "codes_refused"; refusals: { refusal: Refusal; count: number }[] }
  | { reason: "codes_unknown" | "nothing_to_change" | "file_gone" | "file_not_scheduled" }
  | { reason: "codes_many"; most: number; count: number }
  | { reason: "plan_gone" | "plan_unfinished" | "plan_empty" }
  /** `code` where it is the only one. */
  | { reason: "codes_changed"; count: number; code: string | null }
  | { reason: "codes_changing" }
  | { reason: "values_changed"; code: string }
  /** A change of `count` codes, where a second person approves those of more than `above`. */
  | { reason: "approval_needed"; above: number; count: number }
  | { reason: "approval_person" | "approval_own" | "approval_unneeded" | "approval_unknown" | "plan_over" }
  /** `name` is of who asked. */
  | { reason: "approval_others"; name: string }
  /** `name` is of who decided. */
  | { reason: "approval_decided"; state: ApprovalEnding; name: string }
  | { reason: "operation_unknown"; operationId: string }
  | { reason: "operation_undone"; undoneById: string }
  | { reason: "operation_misnamed" | "operation_empty" | "operation_unrepeatable" | "nothing_left" | "part_takes_long" }
  | { reason: "request_key_used"; operationId: string };

const decidedText: Record<ApprovalEnding, (name: string) => string> = {
  approved: (name) => `${name} approved this change meanwhile.`,
  refused: (name) => `${name} refused this change meanwhile.`,
  withdrawn: (name) => `${name} withdrew this change meanwhile.`,
  undecided: () => "Nobody decided about this change in time, and it ended.",
  unneeded: (name) => `${name} applied this change meanwhile, when it needed no approval any more.`,
};

const one = ({ reason }: { reason: Refusal }) => refusalText(reason, 1);

export const operationSentences: Sentences<OperationReason> = {
  limit_below_redemptions: one,
  limit_too_high: one,
  start_not_before_end: one,
  date_out_of_range: one,
  friend_is_advocate: one,
  attributes_too_large: one,
  redeemed: one,
  changed_since: one,
  gone: one,
  code_taken: one,
  cancelled: one,
  codes_refused: ({ refusals }) =>
    `${refusals.map(({ refusal, count }) => refusalText(refusal, count)).join(" ")} Nothing was done.`,
  codes_unknown: () => "None of these codes exists any more. Go back to the list and choose again.",
  file_gone: () => "This file was applied or discarded meanwhile, so nothing was done.",
  file_not_scheduled: () => "What a file changes is applied at once; it cannot be planned for a moment.",
  nothing_to_change: () => "Choose at least one field to change.",
  codes_many: ({ most, count }) =>
    `Up to ${formatNumber(most)} codes are changed at once, and these are ${formatNumber(count)}. Plan the change in the dashboard.`,
  plan_gone: () => "This plan is no longer kept. Plan the change again.",
  plan_unfinished: () => "This plan is still being made; wait until it is there.",
  plan_empty: () => "This plan changes nothing; there is nothing to apply.",
  codes_changed: ({ count, code }) =>
    `${code === null ? `${formatNumber(count)} of these codes were` : `The code ${code} was`} changed since this plan was made, so nothing was done. Look at the new plan and confirm again.`,
  codes_changing: () =>
    "Some of these codes changed at this very moment, so nothing was done. Look at the new plan and confirm again.",
  values_changed: ({ code }) => `Someone else changed ${code} meanwhile, and nothing was saved.`,
  approval_needed: ({ above, count }) =>
    `This changes ${formatCount(count, "code")}, and in this application a second person approves changes of more than ${formatNumber(above)} (the setting “Approval”). Nothing was done. Plan the change in the dashboard, and ask for approval there.`,
  approval_person: () => "Approval is asked for and given by people who are signed in, not by programs.",
  approval_own: () => "You asked for this change yourself; somebody else who may make it has to decide.",
  approval_unneeded: () => "This change needs nobody’s approval any more. Look at the plan and apply it.",
  approval_unknown: () => "Nobody asked for the approval of this operation.",
  approval_others: ({ name }) => `${name} asked for this change; only they can withdraw it. You can refuse it instead.`,
  approval_decided: ({ state, name }) => `${decidedText[state](name)} Nothing was done now.`,
  plan_over: () => "This plan was applied, or its approval asked for or refused, meanwhile. Plan the change again.",
  operation_unknown: ({ operationId }) => `There is no operation ${operationId} in this campaign.`,
  operation_undone: ({ undoneById }) => `This operation was undone already, by operation ${undoneById}.`,
  operation_misnamed: () => "The operation is named by its number.",
  operation_empty: () => "This operation changed nothing, so there is nothing to undo.",
  operation_unrepeatable: () => "Only edits and deletions are tried again. Undo this operation, or start a new one.",
  nothing_left: () => "Nothing is left to try again: this operation, or a later try of it, did it all.",
  part_takes_long: () => "It is in the middle of a part that takes long. Cancel again in a moment.",
  request_key_used: ({ operationId }) =>
    `This form was sent before with other content, as operation ${operationId}. Reload the page for a new form.`,
};
