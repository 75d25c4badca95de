import type { SessionState } from "@/lib/sessions/schema";

/** What a move of a session does: look at its code, redeem it, take back what it redeemed, or nothing. */
export type Deed = "evaluate" | "redeem" | "takeBack" | "nothing";

/** How a session is asked to move. */
export type Way = "update" | "reopen" | "return";

type Moves = Partial<Record<SessionState, Deed>>;

/** The moves there are (reference: talon-one-api section 9): from, by which way, to. `new` is a session that is not there yet. */
const moves: Record<Way, Partial<Record<SessionState | "new", Moves>>> = {
  update: {
    new: { open: "evaluate", closed: "redeem", cancelled: "nothing" },
    open: { open: "evaluate", closed: "redeem", cancelled: "nothing" },
    closed: { closed: "nothing", cancelled: "takeBack" },
    partially_returned: { partially_returned: "nothing", cancelled: "takeBack" },
    cancelled: { cancelled: "nothing" },
  },
  reopen: { closed: { open: "takeBack" } },
  return: {
    closed: { partially_returned: "nothing" },
    partially_returned: { partially_returned: "nothing" },
  },
};

/** What a move does; null for one that is not possible. @param from null for a session that is not there yet */
export function deedOf(way: Way, from: SessionState | null, to: SessionState): Deed | null {
  return moves[way][from ?? "new"]?.[to] ?? null;
}

/** Whether what a session holds can still change. */
export function isSettled(state: SessionState): boolean {
  return state !== "open";
}
