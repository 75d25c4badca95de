import { type RowReason, rowSentence } from "@/lib/referrals/row-reasons";
import type { Sentences } from "@/lib/say";

/** Why a list is refused as a whole: its first wrong line, and how many `others` are wrong. */
export type LinesReason = { reason: "lines_wrong"; line: number; why: RowReason; others: number };

export const linesSentences: Sentences<LinesReason> = {
  lines_wrong: ({ line, why, others }) => {
    const more =
      others > 0 ? ` ${others.toLocaleString("en-GB")} more ${others === 1 ? "line is" : "lines are"} wrong.` : "";
    return `Line ${line.toLocaleString("en-GB")}: ${rowSentence(why)}${more}`;
  },
};

/** What is wrong with a list of which `count` lines are wrong, the first of them told. */
export function linesProblem(first: { line: number; reason: RowReason }, count: number): LinesReason {
  return { reason: "lines_wrong", line: first.line, why: first.reason, others: count - 1 };
}
