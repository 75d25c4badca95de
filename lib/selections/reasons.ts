import { formatBytes, formatNumber } from "@/lib/format";
import type { Sentences } from "@/lib/say";

/** Why codes are not chosen, or not chosen any more. */
export type SelectionReason =
  | { reason: "selection_gone" | "selection_of_everything" | "pasted_no_code" | "selection_question" }
  | { reason: "pasted_many_codes" | "pasted_many_words"; most: number }
  | { reason: "pasted_large"; bytes: number }
  | { reason: "pasted_not_utf8" | "pastes_busy" };

const many = (what: string) => `This text has ${what}, and as many can be pasted at once. Paste it in parts.`;

export const selectionSentences: Sentences<SelectionReason> = {
  selection_gone: () =>
    "These selected codes are not kept any more: a selection is kept for a day. Go back to the list and choose again.",
  selection_of_everything: () =>
    "This is every code of the campaign. Say that all of them are meant, or filter the list.",
  pasted_no_code: () =>
    "There is no code in this text. Paste codes, one a line or with commas between them, or a text with codes in it.",
  selection_question: () => "Name the selection in the path, and in “ids” 1 to 250 ids with commas between them.",
  pasted_many_codes: ({ most }) => many(`more than ${formatNumber(most)} codes`),
  pasted_many_words: ({ most }) => many(`more than ${formatNumber(most)} words`),
  pasted_large: ({ bytes }) => `This text is longer than ${formatBytes(bytes)}; paste it in parts.`,
  pasted_not_utf8: () => "This text is not UTF-8. Send it as UTF-8.",
  pastes_busy: () => "Other pasted texts are being read at the moment. Try again in a moment.",
};
