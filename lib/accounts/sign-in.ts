import { type Actor, person } from "@/lib/access/actor";
import { audit } from "@/lib/access/audit";
import { auditRefusal } from "@/lib/access/refusal";
import { addressOf, cookieIn, isOverTls, sessionCookieName, tokenHash } from "@/lib/access/session-cookie";
import type { SignedIn } from "@/lib/access/signed-in";
import { accounts } from "@/lib/accounts/auth";
import { askForCode } from "@/lib/accounts/question";
import { forgiveSignIns, holdSignIns, passwordSlot } from "@/lib/accounts/rates";
import { recordedWithSession } from "@/lib/accounts/storage";
import { db, type Transaction } from "@/lib/db";
import { DomainError, invalidField } from "@/lib/errors";

/** Cookies that the browser is to be given, as `Set-Cookie` has them. */
export type SetCookies = string[];

/** What becomes of somebody who proved who they are: they have a session, or are asked for their second factor first. */
export interface Entrance {
  cookies: SetCookies;
  asksCode: boolean;
}

/** Somebody of whom no more is known than who they are, as the audit names them. */
export function personAt({ id, name }: { id: string; name: string }, headers: Headers): Actor {
  return person({ id, name, from: addressOf(headers) ?? undefined, administrator: false, roles: new Map() });
}

/** Whether better-auth refused what was asked, rather than failed. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && "statusCode" in error && Number(error.statusCode) < 500;
}

/**
 * Runs what looks at a password, counted against the account and the address before.
 * @throws DomainError `unavailable` for one try too many; `refused` where better-auth refuses
 */
export async function provingPassword<T>(
  { email, headers }: { email: string; headers: Headers },
  refused: () => DomainError,
  run: () => Promise<T>,
): Promise<T> {
  const account = email.toLowerCase();
  await holdSignIns(account, addressOf(headers));
  const free = passwordSlot();
  try {
    const result = await run();
    await forgiveSignIns(account);
    return result;
  } catch (error) {
    throw isRefusal(error) ? refused() : error;
  } finally {
    free();
  }
}

/**
 * Asks somebody who is signed in for their password again, before something that matters.
 * @param field of the form, which a wrong one is said at
 * @throws DomainError `invalid` for a wrong one; `unavailable` for one try too many
 */
export async function proveOwnPassword(
  { email }: SignedIn,
  password: string,
  field: string,
  headers: Headers,
): Promise<void> {
  const auth = await accounts(isOverTls(headers));
  const wrong = () => invalidField([field], { reason: "password_wrong" });
  await provingPassword({ email, headers }, wrong, () => auth.api.verifyPassword({ body: { password }, headers }));
}

/**
 * Signs somebody in by a password, with a new session, or asks for their second factor first. Who is not known is answered alike, after
 * as much work.
 * @throws DomainError `forbidden` for what does not go together; `unavailable` for one try too many
 */
export async function signIn(
  { email, password }: { email: string; password: string },
  headers: Headers,
): Promise<Entrance> {
  const auth = await accounts(isOverTls(headers));
  const refused = () => new DomainError("forbidden", { reason: "sign_in_wrong" });
  try {
    const proven = await provingPassword({ email, headers }, refused, () =>
      auth.api.signInEmail({ body: { email, password }, headers }),
    );
    // With its proof better-auth has made a session, of which nobody knows; one that somebody is given begins with its record.
    await db.personSession.deleteMany({ where: { token: tokenHash(proven.token) } });
    return await enterOrAsk(proven.user.id, headers, "by a password");
  } catch (error) {
    if (error instanceof DomainError && ["sign_in_wrong", "account_disabled"].includes(error.reason.reason))
      await auditRefusal(
        { actor: personAt({ id: "", name: email }, headers), ids: {} },
        { event: "sign_in_refused", subject: email },
      );
    throw error;
  }
}

/**
 * Signs in somebody who proved who they are otherwise than by a password, or asks for their second factor first.
 * @param by how they proved it, as the audit says it: "by a link"
 */
export async function enterOrAsk(personId: string, headers: Headers, by: string): Promise<Entrance> {
  const question = await askForCode(personId, by, headers);
  if (question !== null) return { cookies: [question], asksCode: true };
  return { cookies: await enterAs(personId, headers, by), asksCode: false };
}

/** Ends the session that a browser had before, whoever put it there: what it asked with is nobody's once it is given another. */
async function endEarlier(tx: Transaction, headers: Headers): Promise<void> {
  const [token] = (cookieIn(headers, sessionCookieName(isOverTls(headers))) ?? "").split("."); // its signature follows
  if (token) await tx.personSession.deleteMany({ where: { token: tokenHash(token) } });
}

/**
 * Signs in somebody of whom nothing more is asked, with a new session in the place of what the browser had.
 * @param by as for `enterOrAsk`
 */
export async function enterAs(personId: string, headers: Headers, by: string): Promise<SetCookies> {
  const { id, name } = await db.person.findUniqueOrThrow({ where: { id: personId }, select: { id: true, name: true } });
  const record = async (tx: Transaction) => {
    await endEarlier(tx, headers);
    await audit(tx, { actor: personAt({ id, name }, headers), ids: {} }, { event: "signed_in", subject: by });
  };
  return recordedWithSession.run(record, () => newSession(personId, headers));
}

/** Begins a session, which is somebody's once they are given its cookies. */
export async function newSession(personId: string, headers: Headers): Promise<SetCookies> {
  const auth = await accounts(isOverTls(headers));
  const { headers: answer } = await auth.api.enterAs({ body: { personId }, headers, returnHeaders: true });
  return answer.getSetCookie();
}

/** Ends the session of a request, if it has one. */
export async function signOut(somebody: SignedIn | null, headers: Headers): Promise<SetCookies> {
  const auth = await accounts(isOverTls(headers));
  if (somebody)
    await db.$transaction(async (tx) => {
      await tx.personSession.deleteMany({ where: { id: somebody.sessionId } });
      await audit(tx, { actor: person(somebody), ids: {} }, { event: "signed_out", subject: "" });
    });
  const { headers: answer } = await auth.api.signOut({ headers, returnHeaders: true });
  return answer.getSetCookie();
}
