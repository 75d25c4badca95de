import { describeBound, formatInstant } from "@/lib/format";
import { integrationIdProblem } from "@/lib/referrals/rules";

/** How many codes one form can make. */
export const creationMax = 100_000;
/** How large a pasted or chosen list of advocates can be, in bytes of UTF-8. The server takes a little more, for the rest of the form. */
export const advocatesMaxBytes = 16_000_000;

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
  /** Lines with white space around the ID, which was removed. */
  trimmed: number;
  /** Lines that cannot be an ID: all are counted, the first ones are told. */
  refused: number;
  problems: { line: number; message: string }[];
}

const problemsTold = 20;

/** Reads a list of Integration IDs, one a line; lines end by LF, CRLF or CR. */
export function readAdvocates(text: string, repeated: RepeatedAdvocates): AdvocateList {
  const list: AdvocateList = { advocates: [], blanks: 0, repeated: 0, trimmed: 0, refused: 0, problems: [] };
  const seen = new Set<string>();
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === "") lines.pop();
  for (const [index, line] of lines.entries()) {
    const id = line.trim();
    if (id === "") {
      list.blanks += 1;
      continue;
    }
    if (id.length !== line.length) list.trimmed += 1;
    const message = integrationIdProblem(id);
    if (message) {
      list.refused += 1;
      if (list.problems.length < problemsTold) list.problems.push({ line: index + 1, message });
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
export function advocatesProblem(list: AdvocateList): string | null {
  const [first] = list.problems;
  if (first) {
    const others = list.refused - 1;
    const more =
      others > 0 ? ` ${others.toLocaleString("en-GB")} more ${others === 1 ? "line is" : "lines are"} wrong.` : "";
    return `Line ${first.line.toLocaleString("en-GB")}: ${first.message}${more}`;
  }
  const count = list.advocates.length;
  if (count === 0) return "The list holds no Integration ID; paste at least one, each on its own line.";
  if (count > creationMax)
    return `The list asks for ${count.toLocaleString("en-GB")} codes; up to ${creationMax.toLocaleString("en-GB")} can be made at once. Make the rest with a second list.`;
  return null;
}

/** Why a code cannot be valid between these instants, or null. Times are shown in the application's zone. */
export function validityProblem(validFrom: Date | null, validUntil: Date | null, zone: string): string | null {
  if (!validFrom || !validUntil || validFrom < validUntil) return null;
  return `${describeBound(validUntil, zone, "end")} is not after the start, ${formatInstant(validFrom, zone)}: choose a later end or an earlier start.`;
}
