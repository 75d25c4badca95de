import { isOverTls } from "@/lib/access/session-cookie";
import { accounts } from "@/lib/accounts/auth";
import { forgiveSignIns, holdSignIns, passwordSlot } from "@/lib/accounts/rates";
import { DomainError } from "@/lib/errors";

/** Cookies that the browser is to be given, as `Set-Cookie` has them. */
export type SetCookies = string[];

/** Where a request comes from: the address that the launch has settled; null where there is none. */
export function addressOf(headers: Headers): string | null {
  return headers.get("x-forwarded-for")?.split(",")[0]?.trim() || null;
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
 * Signs somebody in by a password, with a new session. Who is not known is answered alike, after as much work.
 * @throws DomainError `forbidden` for what does not go together; `unavailable` for one try too many
 */
export async function signIn(
  { email, password }: { email: string; password: string },
  headers: Headers,
): Promise<SetCookies> {
  const auth = await accounts(isOverTls(headers));
  const refused = () => new DomainError("forbidden", { reason: "sign_in_wrong" });
  const { headers: answer } = await provingPassword({ email, headers }, refused, () =>
    auth.api.signInEmail({ body: { email, password }, headers, returnHeaders: true }),
  );
  return answer.getSetCookie();
}

/** Signs in whom a link has let in, with a new session. */
export async function enterAs(personId: string, headers: Headers): Promise<SetCookies> {
  const auth = await accounts(isOverTls(headers));
  const { headers: answer } = await auth.api.enterAs({ body: { personId }, headers, returnHeaders: true });
  return answer.getSetCookie();
}

/** Ends the session of a request, if it has one. */
export async function signOut(headers: Headers): Promise<SetCookies> {
  const auth = await accounts(isOverTls(headers));
  const { headers: answer } = await auth.api.signOut({ headers, returnHeaders: true });
  return answer.getSetCookie();
}
