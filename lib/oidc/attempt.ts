import { z } from "zod";
import { dropSealed, keepSealed, readSealed } from "@/lib/accounts/sealed";

const attemptSchema = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** The address that the provider leads back to. */
  redirectUri: z.url(),
  /** Where one was going. */
  to: z.string(),
});

/** A sign-in that was begun at the provider: what its answer is held to, kept by the browser that began it and nobody else. */
export type Attempt = z.output<typeof attemptSchema>;

/** The longest path to lead on to, in characters: browsers keep cookies of 4 kB, and sealing doubles what is in them. */
const pathMost = 1000;

/** The cookie that keeps an attempt in the browser, for ten minutes. */
export function keepAttempt({ to, ...attempt }: Attempt, headers: Headers, now = Date.now()): Promise<string> {
  return keepSealed("oidc", { ...attempt, to: to.length <= pathMost ? to : "/" }, headers, now);
}

/** The cookie that ends it: an attempt is of use once, whatever came of it. */
export const forgetAttempt = (headers: Headers): string => dropSealed("oidc", headers);

/** The attempt that a request's browser began; null where there is none, or it is over. */
export const attemptOf = (headers: Headers): Promise<Attempt | null> => readSealed("oidc", attemptSchema, headers);
