import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { DatabaseProblem } from "@/lib/database-problem";
import { type Ask, askQuickly, lostRace, quickTransaction } from "@/lib/db";
import { type DomainError, invalidField } from "@/lib/errors";
import { countRedemption } from "@/lib/metrics/redemptions";
import { type FoundCode, findCode, type KnownCode, type NamedCode } from "@/lib/redemptions/facts";
import { rejectionOf } from "@/lib/redemptions/reasons";
import { holdPlace, type Place } from "@/lib/redemptions/redeem";
import { takeBack } from "@/lib/redemptions/take-back";
import { accepted, type Effect, rejected, rolledBack } from "@/lib/sessions/effects";
import { holdGuesses } from "@/lib/sessions/guesses";
import { inTurn } from "@/lib/sessions/in-turn";
import type { SessionState } from "@/lib/sessions/schema";
import { learnSizes } from "@/lib/sessions/statistics";
import {
  holdSession,
  readSession,
  readSessionAndCode,
  type SessionWrite,
  type StoredSession,
  storeSession,
} from "@/lib/sessions/stored";
import { type Deed, deedOf, type Way } from "@/lib/sessions/transitions";

/** A session after a move, and what came of the move. */
export interface Moved {
  session: StoredSession;
  effects: Effect[];
}

/** Somebody was quicker: the move is done again, with what they left. */
class Outrun extends Error {}

// Somebody may give a place back between two tries; that it happens so often is no accident.
const tries = 6;

/**
 * Moves a session: reads it, decides, and writes what came of it, which happens only if it is still as it was read.
 * @param intended what it is to become, of what it is and the key of the code that is named; throws what speaks against it
 * @param named the code that the request names and its friend, which are read together with the session
 * @throws DomainError `invalid` for a move there is not, `conflict` while others move it, `too_often` for who guesses codes
 */
export async function moveSession(
  scope: Scope<"redemptions.write", ApplicationIds>,
  sessionId: string,
  way: Way,
  intended: (before: StoredSession | null, codeKey: string | null) => SessionWrite,
  named: Omit<NamedCode, "now"> | null = null,
): Promise<Moved> {
  const { applicationId } = scope.ids;
  return inTurn(`${applicationId}:${sessionId}`, async () => {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      try {
        const seen = await look(applicationId, sessionId, named && { ...named, now: new Date() });
        const after = intended(seen.before, seen.code?.key ?? null);
        const deed = deedOf(way, seen.before?.state ?? null, after.state);
        if (deed === null) throw impossible(way, seen.before?.state ?? null, after.state);
        const decided = await deeds[deed](applicationId, after, seen);
        // Who names the code that the session has, in another cart, learns nothing more.
        if (decided.found !== undefined && after.referralCode !== seen.before?.referralCode)
          await holdGuesses(scope, { friend: after.profileIntegrationId, sessionId }, decided.found);
        const moved = await carriedOut(applicationId, seen.before, decided);
        learnSizes(scope);
        if (deed === "redeem") for (const { props } of moved.effects) countRedemption(props.rejectionReason ?? null);
        return moved;
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

/** A session as it was read, and a code that was read with it. */
interface Seen {
  before: StoredSession | null;
  code: (FoundCode & { asked: NamedCode }) | null;
}

async function look(applicationId: number, sessionId: string, asked: NamedCode | null): Promise<Seen> {
  if (!asked) return { before: await readSession(askQuickly, applicationId, sessionId), code: null };
  const { session, found } = await readSessionAndCode(askQuickly, applicationId, sessionId, asked);
  return { before: session, code: { ...found, asked } };
}

/** What a move comes to, before it is written. */
interface Decided {
  session: SessionWrite;
  effects: Effect[];
  /** Whether there is the code that was looked up; left out where none was. */
  found?: boolean;
  /** A place of the code that is taken with it. */
  redeems?: { code: KnownCode; now: Date };
  /** The redemption that is taken back with it. */
  takesBack?: string;
}

const deeds: Record<Deed, (applicationId: number, session: SessionWrite, seen: Seen) => Promise<Decided>> = {
  nothing: async (_applicationId, session, { code }) => ({
    session,
    effects: session.effects,
    ...(code && { found: code.known !== null }),
  }),
  evaluate: (applicationId, session, seen) => judged(applicationId, session, seen, false),
  redeem: (applicationId, session, seen) => judged(applicationId, session, seen, true),
  takeBack: async (_applicationId, session) => ({
    session: { ...session, redemptionId: null, effects: [] },
    effects: [],
    ...(session.redemptionId !== null && { takesBack: session.redemptionId }),
  }),
};

async function judged(applicationId: number, session: SessionWrite, seen: Seen, closing: boolean): Promise<Decided> {
  const { referralCode: code, profileIntegrationId: friend } = session;
  if (code === null) return { session: { ...session, codeKey: null, effects: [] }, effects: [] };
  const read = seen.code?.asked.code === code && seen.code.asked.friend === friend ? seen.code : null;
  const now = read?.asked.now ?? new Date();
  const { key, known } = read ?? (await findCode(askQuickly, applicationId, { code, friend, now }));
  const told = (effect: Effect) => {
    const effects = [effect];
    return { session: { ...session, codeKey: key, effects }, effects, found: known !== null };
  };
  const reason = rejectionOf(known, { friend, now });
  if (reason !== null || known === null) return told(rejected(code, known, reason ?? "ReferralNotFound"));
  return { ...told(accepted(known)), ...(closing && { redeems: { code: known, now } }) };
}

/** Writes what was decided: by one statement where no more than the session and its code change, else by a transaction. */
async function carriedOut(applicationId: number, before: StoredSession | null, decided: Decided): Promise<Moved> {
  const { session, effects, redeems, takesBack } = decided;
  const store = async (ask: Ask, place: Place | null) => {
    const stored = await storeSession(ask, applicationId, before, session, place);
    if (!stored) throw new Outrun();
    return stored;
  };
  if (takesBack === undefined && !redeems?.code.standings.length)
    return { session: await store(askQuickly, redeems ? { ...redeems, held: [] } : null), effects };
  return quickTransaction(async (ask) => {
    if (before && !(await holdSession(ask, applicationId, before))) throw new Outrun();
    const taken = takesBack === undefined ? null : await takeBack(ask, applicationId, takesBack);
    const place = redeems ? await holdPlace(ask, applicationId, redeems.code, redeems.now) : null;
    if (redeems && !place) throw new Outrun();
    return { session: await store(ask, place), effects: taken ? [rolledBack(taken)] : effects };
  });
}
