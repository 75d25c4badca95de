import { type AttributesReason, attributeSentences, type TypedReason, typedSentences } from "@/lib/attributes/reasons";
import { type CodeTextReason, codeSentences, type IntegrationIdReason } from "@/lib/codes/reasons";
import { formatNumber } from "@/lib/format";
import { type Sentences, say } from "@/lib/say";
import { shortened } from "@/lib/shortened";
import { type ClockReason, clockSentences } from "@/lib/zone-reasons";

/** Why a row of a file cannot be imported, as it is stored with the row. */
export type RowReason =
  | CodeTextReason
  | IntegrationIdReason
  | ClockReason
  | AttributesReason
  | TypedReason
  /** Two days that the same numbers can be, in words. */
  | { reason: "row_date_either"; day: string; month: string }
  | { reason: "row_attribute_twice"; name: string }
  | { reason: "row_without_code" | "row_without_advocate" | "row_limit" }
  /** A day alone is no instant: what it would mean on the clocks of the application. */
  | { reason: "row_day_alone"; bound: "start" | "end"; zone: string; instant: string }
  /** `start` is the cell, shortened. */
  | { reason: "row_ends_before_start"; start: string }
  | { reason: "row_half"; cells: number }
  | { reason: "row_short"; cells: number; expected: number }
  | { reason: "row_long"; cells: number; expected: number; delimiter: string }
  | { reason: "row_quote_inside" | "row_quote_after" | "row_quote_unclosed" }
  /** `line` is the first that has the code; `folded` says that case does not tell codes apart. */
  | { reason: "row_repeated"; line: number; folded: boolean }
  | { reason: "row_taken"; campaign: string }
  /** Of a file that changes codes. */
  | { reason: "row_key_missing" | "row_key_broken" | "row_key_application" | "row_limit_needed" | "row_gone" }
  | { reason: "row_key_campaign"; campaignId: number }
  | { reason: "row_code_changed"; code: string }
  | { reason: "row_advocate_changed"; advocate: string }
  | { reason: "row_friend_is_advocate" }
  /** Stored before there were reasons. */
  | { reason: "row_told"; message: string };

const count = (cells: number, expected: number, mend: string) =>
  `The row has ${formatNumber(cells)} ${cells === 1 ? "cell" : "cells"}, the first line names ${expected}. ${mend}`;

export const rowSentences: Sentences<RowReason> = {
  ...codeSentences,
  ...clockSentences,
  ...attributeSentences,
  ...typedSentences,
  row_date_either: ({ day, month }) =>
    `This can be ${day} or ${month}. Say whether day or month comes first in this file, or write the year first.`,
  row_attribute_twice: ({ name }) =>
    `The JSON of this row says another value of “${shortened(name)}”. Remove one of the two.`,
  row_without_code: () => "Every row needs a code of 4 to 100 characters.",
  row_without_advocate: () => "Every row needs its advocate’s Integration ID, 1 to 1,000 characters.",
  row_limit: () => "A whole number from 1 to 999,999; 0 for unlimited, blank for 1.",
  row_day_alone: ({ bound, zone, instant }) =>
    `A date needs a time and a zone: on the clocks of ${zone} this day ${bound === "start" ? "begins at" : "ends at"} ${instant}; write that.`,
  row_ends_before_start: ({ start }) => `Must be after the startdate, which is ${start}.`,
  row_half: ({ cells }) =>
    `This may be the rest of the row above: together they have the ${cells} cells that the first line names. Put the cell with the line break in quotes, or write the empty last cells of both rows.`,
  row_short: ({ cells, expected }) => count(cells, expected, "Is a delimiter missing, or a line break not in quotes?"),
  row_long: ({ cells, expected, delimiter }) => {
    const character = delimiter === "\t" ? "a tab" : `“${delimiter}”`;
    return count(cells, expected, `Remove what is too much, or put a cell that contains ${character} in quotes.`);
  },
  row_quote_inside: () =>
    'A cell with quotes in it stands in quotes itself, each inner one doubled: "{""channel"": ""web""}".',
  row_quote_after: () =>
    'Text follows the quote that closes this cell. Inside a quoted cell, each quote is doubled: "{""channel"": ""web""}".',
  row_quote_unclosed: () => "The quote that opens this cell is never closed. Close it, or remove it.",
  row_repeated: ({ line, folded }) =>
    `Line ${line} has this code already${folded ? " (upper and lower case count as the same)" : ""}. Remove one of the two rows.`,
  row_taken: ({ campaign }) =>
    `This code exists already, in campaign “${campaign}”. Choose another, or remove the row.`,
  row_key_missing: () =>
    "This row has no upload key, so it is not known which code it changes. New codes come by a file of their own.",
  row_key_broken: () =>
    "The upload key was changed or cut. Copy it back from the file as it was exported, or export the codes again.",
  row_key_application: () => "This is a code of another application; it cannot be changed from here.",
  row_key_campaign: ({ campaignId }) => `This is a code of campaign ${campaignId}. Upload the file there.`,
  row_code_changed: ({ code }) =>
    `This row is of the code “${code}”, and a code cannot be changed. Put it back, or export again where rows were mixed up.`,
  row_advocate_changed: ({ advocate }) =>
    `The advocate of this code is “${advocate}”, and cannot be changed. Put it back, or export again where rows were mixed up.`,
  row_limit_needed: () => "A whole number from 1 to 999,999; 0 or “unlimited” for no limit. It cannot be left empty.",
  row_friend_is_advocate: () => "This is the code’s own advocate, who cannot redeem it.",
  row_gone: () => "This code was deleted since the file was exported. Remove the row.",
  row_told: ({ message }) => message,
};

/** What is expected of a row instead, for a table and for the file of failed rows. */
export function rowSentence(reason: RowReason): string {
  return shortened(say(rowSentences, reason), 400);
}
