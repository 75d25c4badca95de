import type { CharactersReason, PatternReason } from "@/lib/codes/reasons";
import { type CaseRule, characterCount, codeLength, foldCode } from "@/lib/codes/rules";

/** All codes a pattern can give: every `#` is one of `characters`, the rest of `pattern` stands as it is. */
export interface CodeSpace {
  /** The pattern with its case folded by the application's rule. */
  pattern: string;
  /** The different characters a `#` can be, case folded. */
  characters: string[];
  /** How many different codes there are; exact, however large. */
  capacity: bigint;
}

/** Campaigns start with these: no 0 O 1 I, which people confuse. */
export const readableCharacters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** What is wrong with a code pattern, or null. `#` is one random character, the rest stands for itself. */
export function patternProblem(pattern: string): PatternReason | null {
  const length = characterCount(pattern);
  if (length < codeLength.min || length > codeLength.max) return { reason: "pattern_length", length };
  const character = [...pattern].find((one) => !/^[A-Za-z0-9._%+@#-]$/.test(one));
  if (character !== undefined) return { reason: "pattern_character", character };
  return pattern.includes("#") ? null : { reason: "pattern_fixed", pattern };
}

/** What is wrong with the characters that `#` can become under a case rule, or null. */
export function charactersProblem(characters: string, rule: CaseRule): CharactersReason | null {
  const all = [...characters];
  const forbidden = all.find((character) => !/^[\p{L}\p{N}._%+@#-]$/u.test(character));
  if (forbidden !== undefined) return { reason: "characters_character", character: forbidden };
  const unfoldable = all.find((character) => !staysOne(character, rule));
  if (unfoldable !== undefined)
    return { reason: "characters_unfoldable", character: unfoldable, folded: foldCode(unfoldable, rule) };
  const different = new Set(all.map((character) => foldCode(character, rule))).size;
  if (different >= 2) return null;
  return { reason: "characters_few", characters, different, folded: all.length > different && rule !== "sensitive" };
}

/** The codes that a valid pattern and valid characters give in an application with this case rule. */
export function codeSpace(pattern: string, characters: string, rule: CaseRule): CodeSpace {
  const different = [...new Set([...characters].map((character) => foldCode(character, rule)))];
  return {
    pattern: foldCode(pattern, rule),
    characters: different,
    capacity: BigInt(different.length) ** BigInt(randomPlaces(pattern)),
  };
}

/** The code with this number, 0 to capacity - 1; every number gives another code. */
export function codeAt(space: CodeSpace, number: number): string {
  const base = space.characters.length;
  let rest = number;
  return space.pattern.replace(/#/g, () => {
    const character = space.characters[rest % base] ?? "";
    rest = Math.floor(rest / base);
    return character;
  });
}

/** The number of a code, so that `codeAt` gives it back; null when the space does not hold it. */
export function numberOf(space: CodeSpace, code: string): number | null {
  const places = [...code];
  if (places.length !== space.pattern.length) return null;
  let number = 0;
  let weight = 1;
  for (const [index, character] of places.entries()) {
    const expected = space.pattern[index];
    if (expected === "#") {
      const digit = space.characters.indexOf(character);
      if (digit < 0) return null;
      number += digit * weight;
      weight *= space.characters.length;
    } else if (expected !== character) return null;
  }
  return number;
}

/** Gives whole numbers from 0 to `below` - 1, each as likely as any other. */
export type RandomNumber = (below: number) => number;

/** One code, each of the space as likely as any other. */
export function drawCode(space: CodeSpace, random: RandomNumber): string {
  return space.pattern.replace(/#/g, () => space.characters[random(space.characters.length)] ?? "");
}

/**
 * Up to `count` different free codes, each free code as likely as any other; fewer only if no more are free.
 * Walks the whole space once, so it is meant for spaces that are small or nearly full.
 * @param used codes that are taken; those of other spaces do not matter
 */
export function chooseFree(space: CodeSpace, used: Iterable<string>, count: number, random: RandomNumber): string[] {
  const capacity = Number(space.capacity);
  const taken = new Uint8Array(capacity);
  for (const code of used) {
    const number = numberOf(space, code);
    if (number !== null) taken[number] = 1;
  }
  const free: number[] = [];
  for (let number = 0; number < capacity; number += 1) if (taken[number] === 0) free.push(number);
  const wanted = Math.min(count, free.length);
  for (let place = 0; place < wanted; place += 1) {
    const other = place + random(free.length - place);
    [free[place], free[other]] = [free[other] ?? 0, free[place] ?? 0];
  }
  return free.slice(0, wanted).map((number) => codeAt(space, number));
}

/** `count` different codes to show what the space looks like; always the same ones, so server and browser agree. */
export function sampleCodes(space: CodeSpace, count: number): string[] {
  // Drawn from few, some would be the same: those are taken at even distances, or all of them.
  if (space.capacity < BigInt(count) * 1000n) {
    const capacity = Number(space.capacity);
    const shown = Math.min(count, capacity);
    return Array.from({ length: shown }, (_, place) => codeAt(space, Math.floor((place * capacity) / shown)));
  }
  let seed = 0x2545f491;
  const next: RandomNumber = (below) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  return [...new Set(Array.from({ length: count }, () => drawCode(space, next)))];
}

/** The pattern with as many # added at its end as it takes to hold `needed` codes; null when a code cannot be that long. */
export function longerPattern(space: CodeSpace, needed: bigint): string | null {
  let { pattern, capacity } = space;
  while (capacity < needed) {
    pattern += "#";
    capacity *= BigInt(space.characters.length);
    if (pattern.length > codeLength.max) return null;
  }
  return pattern;
}

/**
 * A cryptographically secure `RandomNumber` for `below` up to 2^32, without bias: draws that would favour small
 * numbers are thrown away. Runs in browsers and on the server.
 */
export function secureRandom(): RandomNumber {
  const pool = new Uint32Array(4096);
  let next = pool.length;
  return (below) => {
    const limit = 2 ** 32 - (2 ** 32 % below);
    for (;;) {
      if (next === pool.length) {
        crypto.getRandomValues(pool);
        next = 0;
      }
      const value = pool[next++] ?? 0;
      if (value < limit) return value % below;
    }
  };
}

function randomPlaces(pattern: string): number {
  return pattern.split("#").length - 1;
}

/** Whether folding leaves a character one character that folding leaves alone from then on. */
function staysOne(character: string, rule: CaseRule): boolean {
  const folded = foldCode(character, rule);
  return [...folded].length === 1 && foldCode(folded, rule) === folded;
}
