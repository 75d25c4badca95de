import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { DomainError, invalidField } from "@/lib/errors";
import { type Moved, moveSession } from "@/lib/sessions/move";
import type { ReturnInput, SessionInput } from "@/lib/sessions/schema";
import type { SessionWrite, StoredSession } from "@/lib/sessions/stored";
import { isSettled } from "@/lib/sessions/transitions";

type Writer = Scope<"redemptions.write", ApplicationIds>;

/**
 * Stores what a shop says of a session, and redeems its code where that closes it. Everything is checked again at that moment, under
 * locks: a code that was accepted while the session was open can be rejected, and the session closes all the same.
 * @throws DomainError `invalid` for a move there is not, or a change of a session that is settled; `conflict` while others move it
 */
export function updateSession(scope: Writer, sessionId: string, given: SessionInput): Promise<Moved> {
  const intended = (before: StoredSession | null, codeKey: string | null): SessionWrite => {
    const state = given.state ?? before?.state ?? "open";
    return { ...merged(sessionId, before, given, codeKey), state };
  };
  const { referralCode, profileId } = given;
  const named = referralCode ? { code: referralCode, friend: profileId || null } : null;
  return moveSession(scope, sessionId, "update", intended, named);
}

/**
 * Opens a closed session again: what it redeemed is taken back, and its code can be redeemed by it or others.
 * @throws DomainError `not_found`; `invalid` for a session that is not closed; `conflict`
 */
export function reopenSession(scope: Writer, sessionId: string): Promise<Moved> {
  return moveSession(scope, sessionId, "reopen", (before) => ({ ...existing(sessionId, before), state: "open" }));
}

/**
 * Notes items that came back. What the session redeemed stays redeemed.
 * @throws DomainError `not_found`; `invalid` for a session that is not closed, or an item that is not in its cart so often; `conflict`
 */
export function returnItems(scope: Writer, sessionId: string, { returnedCartItems }: ReturnInput): Promise<Moved> {
  return moveSession(scope, sessionId, "return", (before) => {
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

/** What a session holds once what is given is taken in; what is left out stays. @param codeKey of the code that is given; null for none */
function merged(
  sessionId: string,
  before: StoredSession | null,
  given: SessionInput,
  codeKey: string | null,
): Omit<SessionWrite, "state"> {
  const { profileId, referralCode, state: _state, evaluableCampaignIds: _campaigns, ...data } = given;
  if (before && isSettled(before.state)) {
    const { state, referralCode: stays } = before;
    const same = referralCode === (stays ?? "") || (codeKey !== null && codeKey === before.codeKey);
    if (referralCode !== undefined && !same)
      throw invalidField(["referralCode"], { reason: "session_code_settled", state, referralCode: stays ?? "" });
    return before;
  }
  return {
    integrationId: sessionId,
    profileIntegrationId: profileId === undefined ? (before?.profileIntegrationId ?? null) : profileId || null,
    referralCode: referralCode === undefined ? (before?.referralCode ?? null) : referralCode || null,
    codeKey: referralCode === undefined ? (before?.codeKey ?? null) : codeKey,
    redemptionId: before?.redemptionId ?? null,
    data: { ...before?.data, ...data },
    effects: [],
  };
}
