import type { Ask } from "@/lib/db";
import { type Place, placeValues, takingPlace } from "@/lib/redemptions/redeem";
import type { Effect } from "@/lib/sessions/effects";
import type { SessionData, SessionState } from "@/lib/sessions/schema";

/** A session as it is stored. */
export interface StoredSession {
  id: string;
  integrationId: string;
  profileIntegrationId: string | null;
  state: SessionState;
  referralCode: string | null;
  codeKey: string | null;
  /** What it redeemed and did not take back. */
  redemptionId: string | null;
  /** Whether its customer had none before; true for somebody who is not known. */
  firstSession: boolean;
  data: SessionData;
  /** What it was answered last, as far as it still holds. */
  effects: Effect[];
  created: Date;
  updated: Date;
}

/** What of a session a move writes. */
export type SessionWrite = Omit<StoredSession, "id" | "firstSession" | "created" | "updated">;

const columns = `s.id, s.integration_id AS "integrationId", s.profile_integration_id AS "profileIntegrationId", s.state,
  s.referral_code AS "referralCode", s.code_key AS "codeKey", s.redemption_id AS "redemptionId", s.first_session AS "firstSession",
  s.data, s.effects, s.created, s.updated`;
// By two hashes, because an ID can be longer than an index entry.
const named = `s.application_id = $1 AND hashtextextended(s.integration_id, 0) = hashtextextended($2, 0)
  AND hashtextextended(s.integration_id, 1) = hashtextextended($2, 1) AND s.integration_id = $2`;

const lock = {
  name: "session-lock",
  text: `SELECT ${columns} FROM customer_session s WHERE ${named} FOR NO KEY UPDATE`,
};
const read = { name: "session-read", text: `SELECT ${columns} FROM customer_session s WHERE ${named}` };

/** The session of an ID, which nobody else moves until the transaction ends; null where there is none yet. */
export async function lockSession(
  ask: Ask,
  applicationId: number,
  integrationId: string,
): Promise<StoredSession | null> {
  const [row] = await ask<StoredSession>(lock, [applicationId, integrationId]);
  return row ?? null;
}

/** The same without holding it. */
export async function readSession(
  ask: Ask,
  applicationId: number,
  integrationId: string,
): Promise<StoredSession | null> {
  const [row] = await ask<StoredSession>(read, [applicationId, integrationId]);
  return row ?? null;
}

// A customer is known from the first session on that names them.
const met = `met AS (
      INSERT INTO customer_profile (application_id, integration_id) SELECT $1, $3 WHERE $3::text IS NOT NULL ON CONFLICT DO NOTHING RETURNING 1)`;
const taking = takingPlace({ application: "$1", session: "$2", friend: "$3", place: ["$9", "$10", "$11", "$12"] });

/** How a session is stored: new or again, and with a place of its code being taken or with what it redeemed before, if anything. */
function storing(isNew: boolean, takes: boolean) {
  const [redeemed, from] = takes ? ["entered.id", "FROM entered"] : ["$9::bigint", ""];
  const write = isNew
    ? `INSERT INTO customer_session AS s (application_id, integration_id, profile_integration_id, state, referral_code, code_key, data, effects,
        redemption_id, first_session)
      SELECT $1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, ${redeemed}, $3::text IS NULL OR EXISTS (SELECT FROM met) ${from}`
    : `UPDATE customer_session s SET profile_integration_id = $3, state = $4, referral_code = $5, code_key = $6, data = $7, effects = $8,
        redemption_id = ${redeemed}, updated = now() ${from} WHERE ${named}`;
  return {
    name: `session-${isNew ? "insert" : "update"}${takes ? "-take" : ""}`,
    text: `WITH ${met}${takes ? `, ${taking}` : ""} ${write} RETURNING ${columns}`,
  };
}
const insert = { plain: storing(true, false), taking: storing(true, true) };
const update = { plain: storing(false, false), taking: storing(false, true) };

/**
 * Stores a session, and takes a place of its code by the same statement where there is one to take: both or neither. Where another
 * one of the same ID was stored at the same moment, it fails by 23505.
 * @param isNew whether there is none yet
 * @returns null where somebody was quicker to the place, or else changed the code: then the transaction has to be rolled back
 */
export async function storeSession(
  ask: Ask,
  applicationId: number,
  isNew: boolean,
  session: SessionWrite,
  place: Place | null,
): Promise<StoredSession | null> {
  const [row] = await ask<StoredSession>((isNew ? insert : update)[place ? "taking" : "plain"], [
    applicationId,
    session.integrationId,
    session.profileIntegrationId,
    session.state,
    session.referralCode,
    session.codeKey,
    JSON.stringify(session.data),
    JSON.stringify(session.effects),
    ...(place ? placeValues(place) : [session.redemptionId]),
  ]);
  return row ?? null;
}
