import type { Sentences } from "@/lib/say";
import type { SessionState } from "@/lib/sessions/schema";

/** Why a session is not moved. */
export type SessionReason =
  | { reason: "session_unknown"; sessionId: string }
  | { reason: "session_busy" }
  | { reason: "codes_guessed"; seconds: number }
  /** `left` is null where the cart has no such item; `quantity` is null for all of it. */
  | { reason: "item_not_returnable"; position: number; left: number | null; quantity: number | null }
  | { reason: "session_code_settled"; state: SessionState; referralCode: string }
  | { reason: "session_not_closed"; way: "reopen" | "return"; from: SessionState | null }
  | { reason: "session_state"; from: SessionState | null; to: SessionState };

export const sessionSentences: Sentences<SessionReason> = {
  session_unknown: ({ sessionId }) => `There is no session “${sessionId}” in this application.`,
  session_busy: () =>
    "Three other requests are changing this session at the moment. Send this one again when they are answered.",
  codes_guessed: ({ seconds }) => `This customer named too many codes that nobody has. Try again in ${seconds} s.`,
  item_not_returnable: ({ position, left, quantity }) =>
    `Of item ${position} ${left === null ? "there is none in the cart" : `${left} can come back`}, not ${quantity ?? "all"}.`,
  session_code_settled: ({ state, referralCode }) =>
    `The session is ${state}, so its referral code stays “${referralCode}”. Reopen it first.`,
  session_not_closed: ({ way, from }) =>
    way === "reopen"
      ? `Only a closed session can be reopened; this one is ${from}.`
      : `Items can come back of a closed session only; this one is ${from}.`,
  session_state: ({ from, to }) => `A session that is ${from ?? "new"} cannot become ${to} by an update.`,
};
