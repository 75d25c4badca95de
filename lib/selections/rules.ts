import { characterCount, codeLength } from "@/lib/referrals/rules";

// What a code can have; everything else separates codes in a text, whatever sheet or mail it is from. A long dash is
// either: it stands for the dash of a code, or between two.
const between = /[^\p{L}\p{N}._%+@#\-—―．＿％＋＠＃]+/u;
const dashes = /(?![—―])[\p{Pd}\u2212]/gu;
const longDashes = /[—―]/g;
const unseen = /[\u00AD\u200B-\u200D\u2060\uFEFF]/g;
const marks = "._%+@#-";
/** A code of 100 characters with as many marks around it, in units of UTF-16; a longer piece is none, and is named cut. */
const pieceMax = 4 * codeLength.max;

/** Folds the case of a code as the application does. */
type Fold = (code: string) => string;

/** The pieces of a text that may be codes, in its order, each with how often it stood there; too short ones are left out. */
export function pastedCodes(text: string, fold: Fold): Map<string, number> {
  const pieces = new Map<string, number>();
  for (const piece of text.normalize("NFC").replace(unseen, "").replace(dashes, "-").split(between)) {
    if (!longEnough(piece)) continue;
    const code = fold(piece.slice(0, pieceMax + 1).toWellFormed());
    pieces.set(code, (pieces.get(code) ?? 0) + 1);
  }
  return pieces;
}

/** What a piece of a text may be as a code: as it is, in plain characters, and without the marks that stand around it. */
export function spellings(piece: string, fold: Fold): string[] {
  if (piece.length > pieceMax) return [];
  const plain = fold(piece.normalize("NFKC").replace(longDashes, "-"));
  const all = [piece, plain].flatMap((text) => [
    text,
    without(text, ".-", "both"),
    without(text, marks, "end"),
    without(text, marks, "start"),
    without(text, marks, "both"),
  ]);
  return [...new Set(all)].filter(longEnough);
}

/** The pieces that a piece is if it is no code: what stands between long dashes; none without such a dash. */
export function partsOf(piece: string): string[] {
  const parts = piece.split(longDashes);
  return parts.length > 1 && piece.length <= pieceMax ? parts.filter(longEnough) : [];
}

/** What pasted pieces are, by the codes that are known. */
interface Meant<Known> {
  /** Each once. */
  found: Known[];
  /** Pieces that could be codes but are not, each once. Marks alone, with a letter or two, are none. */
  missing: string[];
  /** How many pieces named a code or a missing one again. */
  duplicates: number;
}

/** Looks up what `pastedCodes` gave. A piece is the first of its spellings that is known. */
export function meantCodes<Known>(
  pieces: Map<string, number>,
  known: ReadonlyMap<string, Known>,
  fold: Fold,
): Meant<Known> {
  const lookUp = (piece: string) => {
    const code = spellings(piece, fold).find((spelling) => known.has(spelling));
    return code === undefined ? undefined : known.get(code);
  };
  const found = new Set<Known>();
  const missing = new Set<string>();
  let duplicates = 0;
  const count = (piece: string, times: number) => {
    const one = lookUp(piece);
    const name = without(piece, ".-", "both");
    if (one === undefined && !longEnough(without(piece, marks, "both"))) return;
    const again = one === undefined ? missing.has(name) : found.has(one);
    if (one === undefined) missing.add(name);
    else found.add(one);
    duplicates += again ? times : times - 1;
  };
  for (const [piece, times] of pieces) {
    const parts = lookUp(piece) === undefined ? partsOf(piece) : [];
    for (const part of parts.some((one) => lookUp(one) !== undefined) ? parts : [piece]) count(part, times);
  }
  return { found: [...found], missing: [...missing], duplicates };
}

function longEnough(text: string): boolean {
  return text.length >= codeLength.min && characterCount(text.slice(0, 2 * codeLength.min)) >= codeLength.min;
}

/** A text without the characters that stand at its start, its end or both; a loop, because it reads each of them once. */
function without(text: string, characters: string, where: "start" | "end" | "both"): string {
  let [start, end] = [0, text.length];
  if (where !== "end") while (start < end && characters.includes(text[start] ?? "")) start += 1;
  if (where !== "start") while (end > start && characters.includes(text[end - 1] ?? "")) end -= 1;
  return text.slice(start, end);
}
