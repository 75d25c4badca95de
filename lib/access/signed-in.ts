import { createHmac, timingSafeEqual } from "node:crypto";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import type { Person } from "@/lib/access/actor";
import { idleHours } from "@/lib/access/idle";
import type { Role } from "@/lib/access/permissions";
import { signingSecret } from "@/lib/access/secret";
import { addressOf, isOverTls, sessionCookieName, tokenHash } from "@/lib/access/session-cookie";
import { askQuickly, type Prepared } from "@/lib/db";

/** Somebody who is signed in, and by which session. */
export interface SignedIn extends Person {
  email: string;
  sessionId: string;
}

interface Found extends Omit<SignedIn, "roles" | "from"> {
  roles: [applicationId: number, role: Role][];
}

// Being seen is noted once a minute at most, in the same statement: most requests write nothing.
const look: Prepared = {
  name: "signed_in",
  idempotent: true,
  text: `WITH noted AS (
      UPDATE person_session SET seen = $2
      WHERE token = $1 AND expires > $2 AND seen > $2::timestamptz - interval '${idleHours} hours' AND seen < $2::timestamptz - interval '1 minute'
    )
    SELECT p.id, p.name, p.email, p.administrator, s.id AS "sessionId", ARRAY(
      SELECT jsonb_build_array(m.application_id, m.role) FROM member m WHERE m.person_id = p.id) AS roles
    FROM person_session s JOIN person p ON p.id = s.person_id AND p.disabled IS NULL
    WHERE s.token = $1 AND s.expires > $2 AND s.seen > $2::timestamptz - interval '${idleHours} hours'`,
};

/**
 * The token of a session that a signed cookie holds; null for a cookie that this server has not signed. better-auth signs with
 * HMAC-SHA-256 in base64, which Node has itself: every request would load and wait for what else that package does.
 */
async function provenToken(cookie: string): Promise<string | null> {
  const at = cookie.lastIndexOf(".");
  if (at < 1 || cookie.length > 300) return null;
  const token = cookie.slice(0, at);
  const made = createHmac("sha256", await signingSecret())
    .update(token)
    .digest();
  const given = Buffer.from(cookie.slice(at + 1), "base64");
  return given.length === made.length && timingSafeEqual(given, made) ? token : null;
}

/** Who is signed in by a cookie, in one statement; null for a session that is over, revoked or none. */
export async function signedInBy(cookie: string | undefined, now = new Date()): Promise<SignedIn | null> {
  const token = cookie === undefined ? null : await provenToken(cookie);
  if (token === null) return null;
  const [found] = await askQuickly<Found>(look, [tokenHash(token), now]);
  return found ? { ...found, roles: new Map(found.roles) } : null;
}

/** Who is signed in, of the current request; asked once for all parts of a page. */
export const signedIn: () => Promise<SignedIn | null> = cache(async () => {
  const asked = await headers();
  const found = await signedInBy((await cookies()).get(sessionCookieName(isOverTls(asked)))?.value);
  return found && { ...found, from: addressOf(asked) ?? undefined };
});
