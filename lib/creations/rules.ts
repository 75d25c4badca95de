import { type CodeSpace, longerPattern } from "@/lib/codes/generator";
import type { IntegrationIdReason } from "@/lib/codes/reasons";
import { integrationIdProblem, tidied, trimmed } from "@/lib/codes/rules";
import { linesOf } from "@/lib/creations/lines";
import type { AdvocatesReason, RoomReason, ValidityReason } from "@/lib/creations/reasons";
import { advocatesMax } from "@/lib/imports/schema";
import { linesProblem } from "@/lib/imports/wrong-lines";

/** How large a pasted or chosen list of advocates can be, in bytes of UTF-8. */
export const advocatesMaxBytes = 40_000_000;

/** What to do with an advocate who stands on several lines: one code for the advocate, or one for each line. */
export type RepeatedAdvocates = "once" | "each";

/** A list of advocates as it was read, with everything that was left out counted. */
export interface AdvocateList {
  /** Who gets a code, in the order of the list. */
  advocates: string[];
  /** Lines without an ID. */
  blanks: number;
  /** Lines whose advocate stood on an earlier line. */
  repeated: number;
  /** Lines with white space around the ID, or other characters that nobody sees, which were removed. */
  trimmed: number;
  /** Lines whose letters and accents were put together. */
  composed: number;
  /** Lines that cannot be an ID: all are counted, the first ones are told. */
  refused: number;
  problems: { line: number; reason: IntegrationIdReason }[];
}

const problemsTold = 20;

/** A list that nothing was read of yet. */
export function newAdvocateList(): AdvocateList {
  return { advocates: [], blanks: 0, repeated: 0, trimmed: 0, composed: 0, refused: 0, problems: [] };
}

const stepLines = 256;

/**
 * Reads a list of Integration IDs, one a line; lines end by LF, CRLF or CR. In small steps, because it can have millions of
 * lines: see `inTurns`.
 */
export function* readAdvocates(text: string, repeated: RepeatedAdvocates): Generator<void, AdvocateList> {
  const list = newAdvocateList();
  const seen = new Set<string>();
  let number = 0;
  for (const line of linesOf(text)) {
    number += 1;
    if (number % stepLines === 0) yield;
    const id = tidied(line);
    if (id === "") {
      list.blanks += 1;
      continue;
    }
    if (id !== line) {
      const inner = trimmed(line);
      if (inner !== line) list.trimmed += 1;
      if (inner !== id) list.composed += 1;
    }
    const reason = integrationIdProblem(id);
    if (reason) {
      list.refused += 1;
      if (list.problems.length < problemsTold) list.problems.push({ line: number, reason });
      continue;
    }
    if (seen.has(id)) {
      list.repeated += 1;
      if (repeated === "once") continue;
    }
    seen.add(id);
    list.advocates.push(id);
  }
  return list;
}

/** Why codes cannot be made for this list, or null. */
export function advocatesProblem(list: AdvocateList): AdvocatesReason | null {
  const [first] = list.problems;
  if (first) return linesProblem(first, list.refused);
  const count = list.advocates.length;
  if (count === 0) return { reason: "advocates_none" };
  return count > advocatesMax ? { reason: "advocates_many", count, most: advocatesMax } : null;
}

/** Why a code cannot be valid between these instants, or null. `zone` is the application's. */
export function validityProblem(validFrom: Date | null, validUntil: Date | null, zone: string): ValidityReason | null {
  if (!validFrom || !validUntil || validFrom < validUntil) return null;
  const [from, until] = [validFrom.toISOString(), validUntil.toISOString()];
  return { reason: "end_not_after_start", validFrom: from, validUntil: until, zone };
}

/** How many codes of a space are taken in the application; not more than that when `exact` is false. */
export interface SpaceUse {
  used: number;
  exact: boolean;
}

/** One random guess in this many may hit a valid code; a suggested pattern is at least as safe. */
const guessesWanted = 10_000n;

/** A pattern with so much room for `wanted` more codes that guessing one is hopeless; null when this one has it. */
export function saferPattern(space: CodeSpace, used: number, wanted: number): string | null {
  const needed = BigInt(used + wanted) * guessesWanted;
  return space.capacity < needed ? longerPattern(space, needed) : null;
}

/** One guess in how many hits a valid code, once `wanted` more are made; null while there is none. */
export function guessesPerHit(space: CodeSpace, used: number, wanted: number): bigint | null {
  return used + wanted === 0 ? null : space.capacity / BigInt(used + wanted);
}

/** Why a space cannot give `wanted` more codes, with a pattern that can, or null. */
export function roomProblem(space: CodeSpace, used: number, wanted: number): RoomReason | null {
  const { pattern, capacity } = space;
  if (capacity - BigInt(used) >= BigInt(wanted)) return null;
  const longer = saferPattern(space, used, wanted);
  return { reason: "pattern_full", pattern, capacity: capacity.toString(), used, wanted, longer };
}
