import { randomBytes } from "node:crypto";
import { z } from "zod";
import { cookieName, isOverTls } from "@/lib/access/session-cookie";

const flashSchema = z.strictObject({
  id: z.string(),
  message: z.string().optional(),
  done: z.string().optional(),
  fields: z.record(z.string(), z.string()),
  typed: z.record(z.string(), z.string()),
});

/** What became of a form that was sent: a page shows it once. `typed` is what was entered, but for passwords and codes. */
export type Flash = Omit<z.output<typeof flashSchema>, "id">;

const seconds = 120;

/** The name of the cookie: over TLS no other host sets one, and so what pages say is ours. */
export const flashCookie = (headers: Pick<Headers, "get">): string => cookieName("referrals-form", isOverTls(headers));

/**
 * Keeps what became of a form in the browser, for the page that it is led to next: nothing of it stands in an address, and nothing
 * on the server. @returns the mark that the page's address gets as `form`, and the cookie
 */
export function keepFlash(flash: Flash, headers: Headers): { id: string; cookie: string } {
  const id = randomBytes(6).toString("base64url");
  const value = Buffer.from(JSON.stringify({ id, ...flash })).toString("base64url");
  const secure = isOverTls(headers) ? "; Secure" : "";
  return {
    id,
    cookie: `${flashCookie(headers)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`,
  };
}

/** What became of the form that an address names; null for another one, or long ago. */
export function readFlash(cookie: string | undefined, id: string | undefined): Flash | null {
  if (!cookie || !id) return null;
  try {
    const { id: kept, ...flash } = flashSchema.parse(JSON.parse(Buffer.from(cookie, "base64url").toString("utf8")));
    return kept === id ? flash : null;
  } catch {
    return null;
  }
}
