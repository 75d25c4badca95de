import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { DatabaseProblem } from "@/lib/database-problem";
import { type Ask, lostRace, quickTransaction } from "@/lib/db";
import { DomainError, invalidField } from "@/lib/errors";
import { findCode } from "@/lib/redemptions/facts";
import { rejectionOf } from "@/lib/redemptions/reasons";
import { holdPlace, type Place } from "@/lib/redemptions/redeem";
import { takeBack } from "@/lib/redemptions/take-back";
import { accepted, type Effect, rejected, rolledBack } from "@/lib/sessions/effects";
import { inTurn } from "@/lib/sessions/in-turn";
import type { ReturnInput, SessionInput, SessionState } from "@/lib/sessions/schema";
import { learnSizes } from "@/lib/sessions/statistics";
import { lockSession, type SessionWrite, type StoredSession, storeSession } from "@/lib/sessions/stored";
import { type Deed, deedOf, isSettled, type Way } from "@/lib/sessions/transitions";

type Writer = Scope<"redemptions.write", ApplicationIds>;

/** A session after a move, and what came of the move. */
export interface Moved {
  session: StoredSession;
  effects: Effect[];
}

/**
 * Stores what a shop says of a session, and redeems its code where that closes it. Everything is checked again at that moment, under
 * locks: a code that was accepted while the session was open can be rejected, and the session closes all the same.
 * @throws DomainError `invalid` for a move there is not, or a change of a session that is settled; `conflict` while others move it
 */
export function updateSession(scope: Writer, sessionId: string, given: SessionInput): Promise<Moved> {
  return move(scope, sessionId, "update", (before) => {
    const state = given.state ?? before?.state ?? "open";
    return { ...merged(sessionId, before, given), state };
  });
}

/**
 * Opens a closed session again: what it redeemed is taken back, and its code can be redeemed by it or others.
 * @throws DomainError `not_found`; `invalid` for a session that is not closed; `conflict`
 */
export function reopenSession(scope: Writer, sessionId: string): Promise<Moved> {
  return move(scope, sessionId, "reopen", (before) => ({ ...existing(sessionId, before), state: "open" }));
}

/**
 * Notes items that came back. What the session redeemed stays redeemed.
 * @throws DomainError `not_found`; `invalid` for a session that is not closed, or an item that is not in its cart so often; `conflict`
 */
export function returnItems(scope: Writer, sessionId: string, { returnedCartItems }: ReturnInput): Promise<Moved> {
  return move(scope, sessionId, "return", (before) => {
    const session = existing(sessionId, before);
    const cartItems = (session.data.cartItems ?? []).map((item) => ({ ...item }));
    for (const { position, quantity } of returnedCartItems) {
      const item = cartItems[position];
      const left = (item?.quantity ?? 1) - (item?.returnedQuantity ?? 0);
      const back = quantity ?? left;
      if (!item || back > left || back <= 0) {
        const possible = { position, left: item ? left : null, quantity: quantity ?? null };
        throw invalidField(["returnedCartItems"], { reason: "item_not_returnable", ...possible });
      }
      item.returnedQuantity = (item.returnedQuantity ?? 0) + back;
    }
    return { ...session, data: { ...session.data, cartItems }, state: "partially_returned" };
  });
}

function existing(sessionId: string, before: StoredSession | null): StoredSession {
  if (before) return before;
  throw new DomainError("not_found", { reason: "session_unknown", sessionId: sessionId.slice(0, 100) });
}

/** What a session holds once what is given is taken in; what is left out stays. */
function merged(sessionId: string, before: StoredSession | null, given: SessionInput): Omit<SessionWrite, "state"> {
  const { profileId, referralCode, state: _state, evaluableCampaignIds: _campaigns, ...data } = given;
  if (before && isSettled(before.state)) {
    const { state, referralCode: stays } = before;
    if (referralCode !== undefined && referralCode !== (stays ?? ""))
      throw invalidField(["referralCode"], { reason: "session_code_settled", state, referralCode: stays ?? "" });
    return before;
  }
  return {
    integrationId: sessionId,
    profileIntegrationId: profileId === undefined ? (before?.profileIntegrationId ?? null) : profileId || null,
    referralCode: referralCode === undefined ? (before?.referralCode ?? null) : referralCode || null,
    codeKey: before?.codeKey ?? null,
    redemptionId: before?.redemptionId ?? null,
    data: { ...before?.data, ...data },
    effects: [],
  };
}

/** Undoes the transaction, because somebody was quicker: it is done again, with what they left. */
class Outrun extends Error {}

// Somebody may give a place back between two tries; that it happens so often is no accident.
const tries = 6;

async function move(
  scope: Writer,
  sessionId: string,
  way: Way,
  intended: (before: StoredSession | null) => SessionWrite,
): Promise<Moved> {
  const { applicationId } = scope.ids;
  return inTurn(`${applicationId}:${sessionId}`, async () => {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      try {
        const done = await quickTransaction(async (ask) => {
          const before = await lockSession(ask, applicationId, sessionId);
          const after = intended(before);
          const deed = deedOf(way, before?.state ?? null, after.state);
          if (deed === null) throw impossible(way, before?.state ?? null, after.state);
          const { session, effects, place } = await deeds[deed](ask, applicationId, after);
          const stored = await storeSession(ask, applicationId, before === null, session, place ?? null);
          if (!stored) throw new Outrun();
          return { session: stored, effects };
        });
        learnSizes(scope);
        return done;
      } catch (error) {
        if (!(error instanceof Outrun) && !lostRace(error)) throw error;
      }
    }
    throw new DatabaseProblem("locked");
  });
}

function impossible(way: Way, from: SessionState | null, to: SessionState): DomainError {
  if (way === "update") return invalidField(["state"], { reason: "session_state", from, to });
  return invalidField(["state"], { reason: "session_not_closed", way, from });
}

/** The session as it is stored after a deed, and what the shop is told. */
interface Done {
  session: SessionWrite;
  effects: Effect[];
  /** A place of its code that is taken with it. */
  place?: Place;
}

const deeds: Record<Deed, (ask: Ask, applicationId: number, session: SessionWrite) => Promise<Done>> = {
  nothing: async (_ask, _applicationId, session) => ({ session, effects: session.effects }),
  evaluate: (ask, applicationId, session) => judged(ask, applicationId, session, false),
  redeem: (ask, applicationId, session) => judged(ask, applicationId, session, true),
  async takeBack(ask, applicationId, session) {
    const taken = session.redemptionId === null ? null : await takeBack(ask, applicationId, session.redemptionId);
    return { session: { ...session, redemptionId: null, effects: [] }, effects: taken ? [rolledBack(taken)] : [] };
  },
};

async function judged(ask: Ask, applicationId: number, session: SessionWrite, closing: boolean): Promise<Done> {
  const { referralCode, profileIntegrationId: friend } = session;
  const told = (effects: Effect[], more: Partial<SessionWrite>): Done => ({
    session: { ...session, ...more, effects },
    effects,
  });
  if (referralCode === null) return told([], { codeKey: null });
  const now = new Date();
  const { key, known } = await findCode(ask, applicationId, { code: referralCode, friend, now });
  const reason = rejectionOf(known, { friend, now });
  if (reason !== null || known === null || friend === null)
    return told([rejected(referralCode, known, reason ?? "ReferralNotFound")], { codeKey: key });
  if (!closing) return told([accepted(known)], { codeKey: key });
  const place = await holdPlace(ask, applicationId, known, now);
  if (!place) throw new Outrun();
  return { ...told([accepted(known)], { codeKey: key }), place };
}
