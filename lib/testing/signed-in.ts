import { sessionCookieName } from "@/lib/access/session-cookie";
import { type SignedIn, signedInBy } from "@/lib/access/signed-in";
import { signIn } from "@/lib/accounts/sign-in";
import { db } from "@/lib/db";

/** In milliseconds. */
export const hour = 60 * 60 * 1000;
/** Which test it is. */
// Tries are counted for an account and an address, so each test has its own.
export let count = 0;
/** Who signs in. */
export let maria = { name: "Maria", email: "", password: "correct horse battery" };
/** Where from. */
export let address = "";

/** The headers of a request from there. */
export const asked = (cookie?: string, more: Record<string, string> = {}) =>
  new Headers({ "x-forwarded-for": address, "user-agent": "Test", ...(cookie && { cookie }), ...more });

/** The value of the session's cookie in what a browser was given. */
export function sessionIn(cookies: string[], secure = false): string {
  const prefix = `${sessionCookieName(secure)}=`;
  const set = cookies.find((cookie) => cookie.startsWith(prefix)) ?? "";
  return decodeURIComponent(set.slice(prefix.length).split(";")[0] ?? "");
}

/** Signs in, and gives the cookies of the session. */
export const entered = async (...given: Parameters<typeof signIn>) => (await signIn(...given)).cookies;

/** The cookie of a session. */
export const cookieOf = (value: string) => `referrals=${encodeURIComponent(value)}`;

/** Somebody who signed in, and the cookie of the session. */
export async function signedInAs(person = maria): Promise<{ cookie: string; person: SignedIn }> {
  const cookie = sessionIn(await entered(person, asked()));
  const found = await signedInBy(cookie);
  if (!found) throw new Error("nobody is signed in");
  return { cookie, person: found };
}

/** Tries are counted for an account and an address, so each test has its own. */
export async function makeAddress(): Promise<void> {
  count += 1;
  maria = { ...maria, email: `maria.${count}@example.com` };
  address = `192.0.2.${count}`;
  await db.person.deleteMany();
  await db.entryLink.deleteMany();
}
