import type { Ask, Prepared } from "@/lib/db";
import {
  type CodeRow,
  type FoundCode,
  foundIn,
  type NamedCode,
  namedValues,
  readingCode,
} from "@/lib/redemptions/facts";
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
  /** Another one after every move: the transaction that wrote its row. */
  version: string;
}

/** What of a session a move writes. */
export type SessionWrite = Omit<StoredSession, "id" | "firstSession" | "created" | "updated" | "version">;

const columns = `s.id, s.integration_id AS "integrationId", s.profile_integration_id AS "profileIntegrationId", s.state,
  s.referral_code AS "referralCode", s.code_key AS "codeKey", s.redemption_id AS "redemptionId", s.first_session AS "firstSession",
  s.data, s.effects, s.created, s.updated, s.xmin::text AS version`;
/** The session of an ID, as SQL, by two hashes, because an ID can be longer than an index entry. @param id its placeholder */
const named = (
  id: string,
) => `s.application_id = $1 AND hashtextextended(s.integration_id, 0) = hashtextextended(${id}, 0)
  AND hashtextextended(s.integration_id, 1) = hashtextextended(${id}, 1) AND s.integration_id = ${id}`;

const read = { name: "session-read", text: `SELECT ${columns} FROM customer_session s WHERE ${named("$2")}` };
const readWithCode = readingCode("session-read-code", {
  columns: `, ${columns}`,
  join: ` LEFT JOIN customer_session s ON ${named("$8")}`,
});

/** The session of an ID; null where there is none. */
export async function readSession(
  ask: Ask,
  applicationId: number,
  integrationId: string,
): Promise<StoredSession | null> {
  const [row] = await ask<StoredSession>(read, [applicationId, integrationId]);
  return row ?? null;
}

/** The session of an ID, and what is known of a code, by one statement. */
export async function readSessionAndCode(
  ask: Ask,
  applicationId: number,
  integrationId: string,
  code: NamedCode,
): Promise<{ session: StoredSession | null; found: FoundCode }> {
  const [row] = await ask<CodeRow & (StoredSession | { id: null })>(readWithCode, [
    ...namedValues(applicationId, code),
    integrationId,
  ]);
  if (!row) throw new Error(`there is no application ${applicationId}`);
  return { session: row.id === null ? null : row, found: foundIn(row) };
}

const hold = {
  name: "session-hold",
  text: `SELECT s.id FROM customer_session s WHERE ${named("$2")} AND s.xmin = $3::xid FOR NO KEY UPDATE`,
};

/**
 * Keeps everybody else from moving a session until the transaction ends.
 * @returns whether it is as it was read
 */
export async function holdSession(ask: Ask, applicationId: number, before: StoredSession): Promise<boolean> {
  const rows = await ask(hold, [applicationId, before.integrationId, before.version]);
  return rows.length === 1;
}

// A customer is known from the first session on that names them.
const meeting = (from: string) => `met AS (
      INSERT INTO customer_profile (application_id, integration_id) SELECT $1, $3 ${from} WHERE $3::text IS NOT NULL ON CONFLICT DO NOTHING RETURNING 1)`;
const placeholders = { application: "$1", session: "$2", friend: "$3" };

/** A new session, and a place of its code with it. */
function inserting(takes: boolean): Prepared {
  const taking = takingPlace({ ...placeholders, place: ["$9", "$10", "$11", "$12"] });
  const [first, redeemed, from] = takes ? [`${taking}, `, "entered.id", "FROM entered"] : ["", "$9::bigint", ""];
  return {
    name: `session-insert${takes ? "-take" : ""}`,
    text: `WITH ${first}${meeting(from)}
      INSERT INTO customer_session AS s (application_id, integration_id, profile_integration_id, state, referral_code, code_key, data, effects,
        redemption_id, first_session)
      SELECT $1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, ${redeemed}, $3::text IS NULL OR EXISTS (SELECT FROM met) ${from}
      RETURNING ${columns}`,
  };
}

/** A session as it becomes, unless somebody moved it. It is held before its code, as `holdSession` does. */
function updating(takes: boolean): Prepared {
  const place: [string, string, string, string] = ["$10", "$11", "$12", "$13"];
  const taking = takingPlace({ ...placeholders, place }, "EXISTS (SELECT FROM mine)");
  return {
    name: `session-update${takes ? "-take" : ""}`,
    text: `WITH mine AS (SELECT s.id FROM customer_session s WHERE ${named("$2")} AND s.xmin = $9::xid FOR NO KEY UPDATE)
      ${takes ? `, ${taking}` : ""}, ${meeting(takes ? "FROM entered" : "FROM mine")}
      UPDATE customer_session s SET profile_integration_id = $3, state = $4, referral_code = $5, code_key = $6, data = $7, effects = $8,
        first_session = CASE WHEN s.profile_integration_id IS NOT DISTINCT FROM $3 THEN s.first_session
          ELSE $3::text IS NULL OR EXISTS (SELECT FROM met) END,
        redemption_id = ${takes ? "entered.id" : "$10"}, updated = now() ${takes ? "FROM entered" : ""}
      WHERE s.application_id = $1 AND s.id = (SELECT id FROM mine) RETURNING ${columns}`,
  };
}

const insert = { plain: inserting(false), taking: inserting(true) };
const update = { plain: updating(false), taking: updating(true) };

/**
 * Stores a session, and takes a place of its code by the same statement where there is one to take: both or neither. Where another
 * one of the same ID was stored at the same moment, it fails by 23505.
 * @param before as it was read; null where there was none
 * @returns null where somebody was quicker to the session or the place, or else changed the code: then nothing was stored
 */
export async function storeSession(
  ask: Ask,
  applicationId: number,
  before: StoredSession | null,
  session: SessionWrite,
  place: Place | null,
): Promise<StoredSession | null> {
  const [row] = await ask<StoredSession>((before ? update : insert)[place ? "taking" : "plain"], [
    applicationId,
    session.integrationId,
    session.profileIntegrationId,
    session.state,
    session.referralCode,
    session.codeKey,
    JSON.stringify(session.data),
    JSON.stringify(session.effects),
    ...(before ? [before.version] : []),
    ...(place ? placeValues(place) : [session.redemptionId]),
  ]);
  return row ?? null;
}
