import { isIP } from "node:net";
import { z } from "zod";
import { dropSealed, keepSealed, readSealed } from "@/lib/accounts/sealed";
import { db } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { askedHost } from "@/lib/same-origin";

const challengeSchema = z.strictObject({
  challenge: z.string(),
  host: z.string(),
  until: z.number(),
  /** Who adds a passkey, and what it is to be called; null for signing in. */
  adding: z.strictObject({ person: z.string(), name: z.string() }).nullable(),
});

/** What a device signs, for which host, and what for. */
export type Challenge = z.output<typeof challengeSchema>;

/** How long a device has time, in milliseconds. */
export const challengeTime = 5 * 60 * 1000;

/** The host name that passkeys are for, of a request; null for an address, for which browsers make none. */
export function passkeyHost(headers: Headers): string | null {
  const host = `http://${askedHost(Object.fromEntries(headers)) ?? ""}`;
  const name = URL.canParse(host) ? new URL(host).hostname : "";
  return name === "" || name.startsWith("[") || isIP(name) !== 0 ? null : name;
}

/** @throws DomainError `forbidden` where the server was asked by an address */
export function neededHost(headers: Headers): string {
  const host = passkeyHost(headers);
  if (host === null) throw new DomainError("forbidden", { reason: "passkey_host" });
  return host;
}

/** Keeps a challenge in the browser that is to answer it. @returns the cookie */
export function keepChallenge(challenge: Omit<Challenge, "until">, headers: Headers): Promise<string> {
  return keepSealed("challenge", { ...challenge, until: Date.now() + challengeTime }, headers);
}

/**
 * Uses up the challenge of the browser that asks, whatever becomes of its answer: it is noted as used until it is over.
 * @throws DomainError `forbidden` for one that was used, is over, or is for another host
 */
export async function spendChallenge(headers: Headers): Promise<Challenge> {
  const over = () => new DomainError("forbidden", { reason: "challenge_over" });
  const kept = await readSealed("challenge", challengeSchema, headers);
  if (!kept || kept.until <= Date.now() || kept.host !== passkeyHost(headers)) throw over();
  const { count } = await db.verification.createMany({
    data: { id: kept.challenge, identifier: "challenge", value: "used", expiresAt: new Date(kept.until) },
    skipDuplicates: true,
  });
  if (count === 0) throw over();
  return kept;
}

/** Lets the browser forget its challenge. */
export function dropChallenge(headers: Headers): string {
  return dropSealed("challenge", headers);
}
