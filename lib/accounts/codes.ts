import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { base32 } from "@better-auth/utils/base32";
import { createOTP } from "@better-auth/utils/otp";

/** How long each code of an app is the current one, in milliseconds. */
const period = 30_000;

/** A new secret of 160 bits, as apps take it: in the letters of base32. */
export function newSecret(): string {
  return base32.encode(randomBytes(20), { padding: false });
}

/** The address by which an app learns a secret, and what to call it. */
export function secretAddress(secret: string, email: string): string {
  return createOTP(base32.decode(secret)).url("Referrals", email);
}

/**
 * The step of time whose code this is: the current one, or the one before or after, because clocks differ and people type.
 * Null for a wrong code.
 */
export async function stepOf(secret: string, code: string, now = Date.now()): Promise<number | null> {
  if (!/^\d{6}$/.test(code)) return null;
  const { hotp } = createOTP(base32.decode(secret));
  const current = Math.floor(now / period);
  const steps = [current - 1, current, current + 1];
  const right = await Promise.all(
    steps.map(async (step) => timingSafeEqual(Buffer.from(await hotp(step)), Buffer.from(code))),
  );
  return steps.find((_, index) => right[index]) ?? null;
}

/** Letters and digits of recovery codes: 32, none of which is taken for another. */
const alphabet = "23456789abcdefghjkmnopqrstuvwxyz";
const recoveryCount = 10;

/** Ten recovery codes of 80 bits, as people read them: `k7hw-…-…-…`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCount }, () =>
    [...randomBytes(16)]
      .map((byte, index) => `${index > 0 && index % 4 === 0 ? "-" : ""}${alphabet[byte % alphabet.length]}`)
      .join(""),
  );
}

/** What is kept of a recovery code. Its 80 random bits need no slow hash. @param code with or without dashes */
export function recoveryHash(code: string): string {
  return createHash("sha256").update(code.replaceAll("-", "")).digest("base64url");
}
