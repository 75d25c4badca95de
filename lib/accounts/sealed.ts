import type { z } from "zod";
import { signingSecret } from "@/lib/access/secret";
import { cookieIn, cookieName, isOverTls } from "@/lib/access/session-cookie";

/** What a sealed text is for: one is of no use for another. The last is kept in the database, the others in a browser's cookie. */
type Use = "question" | "setup" | "codes" | "challenge" | "oidc" | "secret";

/** How long a browser keeps one, in seconds. */
export const sealedSeconds = 10 * 60;

/** Encrypts something with the signing secret, so that only this server reads or makes it. @param until it is null afterwards */
export async function seal(use: Use, content: object, until: number | null = null): Promise<string> {
  const { symmetricEncrypt } = await import("better-auth/crypto");
  return symmetricEncrypt({ key: await signingSecret(), data: JSON.stringify({ use, until, content }) });
}

/** What was sealed for this use; null for anything else, for what is over, and after the signing secret was changed. */
export async function unseal<Content>(
  use: Use,
  schema: z.ZodType<Content>,
  text: string,
  now = Date.now(),
): Promise<Content | null> {
  const { symmetricDecrypt } = await import("better-auth/crypto");
  const key = await signingSecret();
  try {
    const sealed = JSON.parse(await symmetricDecrypt({ key, data: text }));
    const good = sealed.use === use && (sealed.until === null || sealed.until > now);
    return good ? schema.parse(sealed.content) : null;
  } catch {
    return null; // what a browser sends can be anything
  }
}

const nameOf = (use: Use, secure: boolean) => cookieName(`referrals-${use}`, secure);

function cookieOf(use: Use, value: string, seconds: number, headers: Headers): string {
  const secure = isOverTls(headers);
  const terms = `Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  return `${nameOf(use, secure)}=${value}; ${terms}`;
}

/** Keeps something sealed in the browser, for ten minutes. @returns the cookie, as `Set-Cookie` has it */
export async function keepSealed(use: Use, content: object, headers: Headers, now = Date.now()): Promise<string> {
  return cookieOf(use, await seal(use, content, now + sealedSeconds * 1000), sealedSeconds, headers);
}

/** What the browser that asks keeps for this use; null where there is nothing. */
export async function readSealed<Content>(
  use: Use,
  schema: z.ZodType<Content>,
  headers: Headers,
): Promise<Content | null> {
  const found = cookieIn(headers, nameOf(use, isOverTls(headers)));
  return found === null ? null : unseal(use, schema, found);
}

/** Lets the browser forget it. */
export function dropSealed(use: Use, headers: Headers): string {
  return cookieOf(use, "", 0, headers);
}
