import type { Sentences } from "@/lib/say";

/** Why work in the background does not go on. */
export type WorkReason = { reason: "try_failed"; errorId: string };

export const workSentences: Sentences<WorkReason> = {
  try_failed: ({ errorId }) => `The last try failed; the server's log has the details under error ${errorId}.`,
};
