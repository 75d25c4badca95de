import type { CodeSpace } from "@/lib/codes/generator";
import { guessesPerHit } from "@/lib/creations/rules";
import { formatMagnitude } from "@/lib/format";

/** How often a guess hits a valid code once `wanted` more are made; where there is no room for them, none is made. */
export function guessText(space: CodeSpace, used: number, wanted: number): string {
  const made = space.capacity < BigInt(used + wanted) ? 0 : wanted;
  const guesses = guessesPerHit(space, used, made);
  if (guesses === null) return "never";
  if (guesses >= 10n) return `once in ${formatMagnitude(guesses)} tries`;
  const valid = BigInt(used + made);
  if (valid >= space.capacity) return "every time";
  return `${(valid * 100n) / space.capacity} of 100 tries`;
}
