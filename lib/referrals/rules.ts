/** How an application treats the case of its codes (`application.case_sensitivity`). */
export type CaseRule = "insensitive-uppercase" | "insensitive-lowercase" | "sensitive";

/** The code as it is stored and compared in an application with this case rule. */
export function foldCode(code: string, rule: CaseRule): string {
  if (rule === "insensitive-uppercase") return code.toUpperCase();
  if (rule === "insensitive-lowercase") return code.toLowerCase();
  return code;
}

export const codeLength = { min: 4, max: 100 } as const;
export const usageLimitMax = 999_999;
export const integrationIdMax = 1000;
export const batchIdPattern = /^[a-z]{8}$/;

/** Number of characters as the database counts them. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** What is wrong with a code (reference: talon-one-api section 8), or null. Speaks to the user. */
export function codeProblem(code: string): string | null {
  const length = characterCount(code);
  if (length < codeLength.min)
    return `“${code}” is too short: a code has ${codeLength.min} to ${codeLength.max} characters.`;
  if (length > codeLength.max)
    return `This code has ${length} characters: a code has ${codeLength.min} to ${codeLength.max}.`;
  const forbidden = [...code].find((character) => !/^[\p{L}\p{N}._%+@#-]$/u.test(character));
  if (forbidden === undefined) return null;
  const name = forbidden === " " ? "a space" : `“${forbidden}”`;
  return `“${code}” contains ${name}: a code has letters, digits and . _ % + @ # - only.`;
}

/**
 * The code as it is stored, or what is wrong with it. Judged before and after its case is folded: capitals can be more
 * characters than their small letters (“ß”, “ΐ”), and not all of them are letters.
 */
export function storedCode(code: string, rule: CaseRule): { code: string } | { problem: string } {
  const folded = foldCode(code, rule);
  const problem = codeProblem(code) ?? codeProblem(folded);
  return problem === null ? { code: folded } : { problem };
}

/** What is wrong with an Integration ID (advocate or friend), or null. */
export function integrationIdProblem(id: string): string | null {
  const length = characterCount(id);
  if (length === 0) return "An Integration ID has 1 to 1,000 characters; this one is empty.";
  if (length > integrationIdMax)
    return `An Integration ID has 1 to 1,000 characters; this one has ${length.toLocaleString("en-GB")}.`;
  return storableProblem(id);
}

/** What the database cannot store as text, or null. */
export function storableProblem(text: string): string | null {
  if (text.includes("\u0000")) return "The text holds a NUL character; remove it.";
  if (!text.isWellFormed()) return "The text holds a broken character (a lone surrogate); remove it.";
  return null;
}

export type ReferralStatus = "active" | "scheduled" | "expired" | "used up";

/** Derived, never stored. A used-up or expired code stays so whatever its start. */
export function statusOf(
  referral: { usageLimit: number; usageCounter: number; validFrom: Date | null; validUntil: Date | null },
  now: Date,
): ReferralStatus {
  if (referral.validUntil && referral.validUntil <= now) return "expired";
  if (referral.usageLimit > 0 && referral.usageCounter >= referral.usageLimit) return "used up";
  if (referral.validFrom && referral.validFrom > now) return "scheduled";
  return "active";
}
