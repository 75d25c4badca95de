import { createHash } from "node:crypto";
import { basePath } from "@/lib/base-path";

type Read = Pick<Headers, "get">;

/** Whether the browser speaks TLS, which ends at a proxy: of several, the first says so. */
export function isOverTls(headers: Read): boolean {
  return headers.get("x-forwarded-proto")?.split(",")[0]?.trim().toLowerCase() === "https";
}

/** Where a request comes from: the address that the launch has settled; null where there is none. */
export function addressOf(headers: Read): string | null {
  return headers.get("x-forwarded-for")?.split(",")[0]?.trim() || null;
}

/**
 * The name of a cookie of ours. Over TLS no other host, and no page without TLS, can set one of this name; for that it has to be for every
 * path, so who serves several of us below paths of one host has them told apart by name.
 */
export function cookieName(name: string, secure: boolean): string {
  return `${secure ? "__Host-" : ""}${name}${basePath.replaceAll("/", ".")}`;
}

/** What a cookie of a request holds, as it was sent; null where there is none of the name. */
export function cookieIn(headers: Read, name: string): string | null {
  const cookies = (headers.get("cookie") ?? "").split(";").map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}

/** The name of the cookie of a session. */
export function sessionCookieName(secure: boolean): string {
  return cookieName("referrals", secure);
}

/** What is kept of the token of a session. Its 190 random bits need no slow hash: they cannot be guessed one by one. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
