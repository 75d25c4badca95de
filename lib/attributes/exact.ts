import type { LossReason } from "@/lib/attributes/reasons";
import { shortened } from "@/lib/shortened";

// Each character can belong to one part only: a mismatch far behind is found in one pass.
const written = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;

/** A number's sign, digits and power of ten, however it is written: "1.50" and "15e-1" are alike. */
function decimal(text: string): string | null {
  const match = written.exec(text);
  if (!match) return null;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const digits = whole + fraction;
  let first = 0;
  while (digits[first] === "0") first += 1;
  let last = digits.length;
  while (last > first && digits[last - 1] === "0") last -= 1;
  if (first === last) return "0";
  const power = Number(exponent) - fraction.length + digits.length - last;
  return `${sign === "-" ? "-" : ""}${digits.slice(first, last)}e${power}`;
}

/**
 * Whether a number is kept just as it is written: JavaScript's and JSON's have 15 digits, some 16 or 17. Programs that write
 * all 17 digits of what they hold (3.1400000000000001) mean what is kept.
 */
export function isKept(number: string): boolean {
  const value = Number(number);
  const exact = decimal(number);
  return exact !== null && [String(value), value.toPrecision(17)].some((kept) => decimal(kept) === exact);
}

/** What is wrong with a number that would be rounded, or null. */
export function roundingProblem(number: string): LossReason | null {
  return isKept(number) ? null : { reason: "number_rounded", number: shortened(number) };
}

const tokens = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[{}[\]:]/g;

/**
 * What reading a valid JSON object would lose without a word, or null: digits of a number, or all but the last of the values
 * that stand under one key.
 */
export function jsonLoss(text: string): LossReason | null {
  const keys = new Set<string>();
  let depth = 0;
  let word: string | null = null;
  for (const [token] of text.matchAll(tokens)) {
    if (token === "{" || token === "[") depth += 1;
    else if (token === "}" || token === "]") depth -= 1;
    else if (token === ":" && depth === 1 && word !== null) {
      const key: string = JSON.parse(word);
      if (keys.has(key)) return { reason: "attribute_twice", name: shortened(key) };
      keys.add(key);
    } else if (/^[-\d]/.test(token)) {
      const problem = roundingProblem(token);
      if (problem) return problem;
    }
    word = token.startsWith('"') ? token : null;
  }
  return null;
}
