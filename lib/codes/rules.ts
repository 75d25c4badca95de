import type { CodeTextReason, IntegrationIdReason, TextReason } from "@/lib/codes/reasons";

/** How an application treats the case of its codes (`application.case_sensitivity`). */
export type CaseRule = "insensitive-uppercase" | "insensitive-lowercase" | "sensitive";

/** The code as it is stored and compared in an application with this case rule. */
export function foldCode(code: string, rule: CaseRule): string {
  if (rule === "insensitive-uppercase") return code.toUpperCase();
  if (rule === "insensitive-lowercase") return code.toLowerCase();
  return code;
}

// Blanks of every width, controls, and marks without a width. Signs that belong to an emoji (variation, tags) are not among them.
const unseen =
  /[\s\p{Cc}\u00AD\u061C\u115F\u1160\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0]/u;

/** The text without the characters at its ends that nobody sees: what pasting and spreadsheets bring along. */
export function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && unseen.test(text.charAt(from))) from += 1;
  while (to > from && unseen.test(text.charAt(to - 1))) to -= 1;
  return to - from === text.length ? text : text.slice(from, to);
}

// Most codes and IDs; a quick yes for the rows of a large file.
const tidy = /^[\x21-\x7E](?:[\x20-\x7E]*[\x21-\x7E])?$/;
// Composing takes quadratic time in the length of a run of accents; no language has more than a few.
const overAccented = /\p{M}{31}/u;

/**
 * A code or an Integration ID as every way in takes it: without unseen characters at its ends, and with letter and accent as
 * one character (NFC), however they were typed. What stands inside is not touched.
 */
export function tidied(text: string): string {
  if (tidy.test(text)) return text;
  const inner = trimmed(text);
  return overAccented.test(inner) ? inner : inner.normalize("NFC");
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

/** What is wrong with a code (reference: talon-one-api section 8), or null. */
export function codeProblem(code: string): CodeTextReason | null {
  const length = characterCount(code);
  if (length < codeLength.min) return { reason: "code_short", code };
  if (length > codeLength.max) return { reason: "code_long", length };
  const character = [...code].find((one) => !/^[\p{L}\p{N}._%+@#-]$/u.test(one));
  return character === undefined ? null : { reason: "code_character", code, character };
}

/**
 * The code, tidied, as it is stored, or what is wrong with it. Judged before and after its case is folded: capitals can be more
 * characters than their small letters (“ß”, “ΐ”), and not all of them are letters.
 */
export function storedCode(text: string, rule: CaseRule): { code: string } | { problem: CodeTextReason } {
  const code = tidied(text);
  const folded = foldCode(code, rule);
  const problem = codeProblem(code) ?? codeProblem(folded);
  return problem === null ? { code: folded } : { problem };
}

/** What is wrong with an Integration ID (advocate or friend), or null. */
export function integrationIdProblem(id: string): IntegrationIdReason | null {
  const length = characterCount(id);
  if (length === 0) return { reason: "id_empty" };
  return length > integrationIdMax ? { reason: "id_long", length } : storableProblem(id);
}

/** What the database cannot store as text, or null. */
export function storableProblem(text: string): TextReason | null {
  if (text.includes("\u0000")) return { reason: "text_nul" };
  return text.isWellFormed() ? null : { reason: "text_broken" };
}
