import { createHash } from "node:crypto";

type Read = Pick<Headers, "get">;

/** Whether the browser speaks TLS, which ends at a proxy: of several, the first says so. */
export function isOverTls(headers: Read): boolean {
  return headers.get("x-forwarded-proto")?.split(",")[0]?.trim().toLowerCase() === "https";
}

/** Where a request comes from: the address that the launch has settled; null where there is none. */
export function addressOf(headers: Read): string | null {
  return headers.get("x-forwarded-for")?.split(",")[0]?.trim() || null;
}

/** The name of the cookie of a session. Over TLS no other host, and no page without TLS, can set one of this name. */
export function sessionCookieName(secure: boolean): string {
  return secure ? "__Host-referrals" : "referrals";
}

/** What is kept of the token of a session. Its 190 random bits need no slow hash: they cannot be guessed one by one. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
