import { characterCount, codeLength } from "@/lib/codes/rules";

// What a code can have, as sheets and mails write it, with accents beside their letters and marks that nobody sees;
// everything else separates pieces.
const inPiece = String.raw`\p{L}\p{N}\p{M}\p{Pd}\u2212._%+@#．＿％＋＠＃\u00AD\u200B-\u200D\u2060\uFEFF`;
const unseen = /[\u00AD\u200B-\u200D\u2060\uFEFF]/g;
// A long dash is either: it stands for the dash of a code, or between two.
const dashes = /(?![—―])[\p{Pd}\u2212]/gu;
const longDashes = /[—―]/g;
const marks = "._%+@#-";
/** A code of 100 characters with as many marks around it, in units of UTF-16; a longer piece is none, and is named cut. */
const pieceMax = 4 * codeLength.max;
/** How many pieces with a blank between them are tried as one code, with dashes for the blanks. */
const joinMax = 4;
/** How much of a text is read at a time, in units of UTF-16. */
const stretch = 65_536;

/** Folds the case of a code as the application does. */
type Fold = (code: string) => string;

/** A piece of a text: a code, or a word of it. */
export interface Piece {
  text: string;
  /** Whether nothing but a blank stands between it and the piece before. */
  joined: boolean;
}

/** The pieces of a text, in its order, as many at a time as a stretch of it has. Each step takes a few milliseconds, whatever the text. */
export function* piecesOf(text: string): Generator<Piece[]> {
  const step = new RegExp(`([${inPiece}]{1,${pieceMax + 1}})|[^${inPiece}]{1,4096}`, "uy");
  let between: string | null = "\n"; // null right behind a piece: what goes on there is the rest of one that is too long
  while (step.lastIndex < text.length) {
    const end = Math.min(step.lastIndex + stretch, text.length);
    const pieces: Piece[] = [];
    while (step.lastIndex < end) {
      const [whole, piece] = step.exec(text) ?? [""];
      if (whole === "") throw new Error("every character is of a piece or between two");
      if (piece === undefined) between = between === null ? whole : "\n";
      else {
        if (between !== null) pieces.push(...plainPieces(piece, /^[\p{Zs}]$/u.test(between)));
        between = null;
      }
    }
    yield pieces;
  }
}

function plainPieces(text: string, joined: boolean): Piece[] {
  if (/^[\0-\x7F]*$/.test(text)) return [{ text, joined }];
  const plain = text.normalize("NFC").replace(unseen, "").replace(dashes, "-");
  return plain
    .split(/\p{M}+/u)
    .map((part, index) => ({ text: part.slice(0, pieceMax + 1).toWellFormed(), joined: joined && index === 0 }))
    .filter((piece) => piece.text !== "");
}

/** What a piece of a text may be as a code: as it is, in plain characters, and without the marks that stand around it. */
function spellings(piece: string, fold: Fold): string[] {
  if (piece.length > pieceMax || !longEnough(piece)) return [];
  const plain = fold(piece.normalize("NFKC").replace(longDashes, "-"));
  const all = [fold(piece), plain].flatMap((text) => [
    text,
    without(text, ".-", "both"),
    without(text, marks, "end"),
    without(text, marks, "start"),
    without(text, marks, "both"),
  ]);
  return [...new Set(all)].filter(longEnough);
}

/** The pieces that a piece is if it is no code: what stands between long dashes; none without such a dash. */
function partsOf(piece: string): string[] {
  const parts = piece.split(longDashes);
  return parts.length > 1 && piece.length <= pieceMax ? parts.filter(longEnough) : [];
}

/** What a piece is together with those behind it that only a blank separates: the longest last. */
function joinsAt(pieces: Piece[], at: number): string[] {
  const joins: string[] = [];
  let text = pieces[at]?.text ?? "";
  for (const { text: next, joined } of pieces.slice(at + 1, at + joinMax)) {
    text += `-${next}`;
    if (!joined || text.length > pieceMax) break;
    joins.push(text);
  }
  return joins;
}

/** Every code that some of these pieces may name. */
export function possibleCodes(pieces: Piece[], fold: Fold): string[] {
  const texts = pieces.flatMap(({ text }, at) => [text, ...partsOf(text), ...joinsAt(pieces, at)]);
  return [...new Set(texts)].flatMap((text) => spellings(text, fold));
}

/** What pasted pieces are, by the codes that are known. */
interface Meant<Known> {
  /** By code. */
  found: ReadonlyMap<string, Known>;
  /** Pieces that look like codes but are none, each once. */
  missing: string[];
  /** How many pieces named a code or a missing one again. */
  duplicates: number;
  /** Whether these are sentences: words in them are then no missing codes. */
  prose: boolean;
}

/** Reads pieces as codes, some at a time. */
export interface PastedReading<Known> {
  /**
   * Reads the pieces by the codes that are known of them.
   * @param whole whether nothing comes behind them; else the last few are left, to be read with what does
   * @returns how many were read
   */
  read(pieces: Piece[], known: ReadonlyMap<string, Known>, whole: boolean): number;
  /** How many codes and missing ones there are so far. */
  size(): number;
  meant(): Meant<Known>;
}

/**
 * A piece is the first of its spellings that is known. In a list every piece that is not known is missing. In a text with
 * words side by side only those are that look like a code: capitals alone, or digits among letters.
 */
export function readPasted<Known>(fold: Fold): PastedReading<Known> {
  const found = new Map<string, Known>();
  const missing = new Map<string, { times: number; likely: boolean }>();
  let [again, prose, before] = [0, false, ""];

  function read(pieces: Piece[], known: ReadonlyMap<string, Known>, whole: boolean): number {
    const codeOf = (text: string) => spellings(text, fold).find((spelling) => known.has(spelling));
    const meet = (code: string) => {
      const one = known.get(code);
      if (found.has(code)) again += 1;
      else if (one !== undefined) found.set(code, one);
    };
    const miss = (text: string) => {
      if (!longEnough(without(text, marks, "both"))) return;
      const name = without(fold(text), ".-", "both");
      const times = (missing.get(name)?.times ?? 0) + 1;
      missing.set(name, { times, likely: looksLikeCode(text) });
    };
    const end = whole ? pieces.length : pieces.length - joinMax;
    let at = 0;
    while (at < end) {
      const { text, joined } = pieces[at] ?? { text: "", joined: false };
      const own = codeOf(text);
      const joins = joinsAt(pieces, at);
      // side by side, codes are themselves before they are one with dashes between them
      const length = joins.findLastIndex((one, index) => {
        const parts = pieces.slice(at, at + index + 2);
        return codeOf(one) !== undefined && parts.some((part) => codeOf(part.text) === undefined);
      });
      const taken = length === -1 ? own : codeOf(joins[length] ?? "");
      prose ||= joined && length === -1 && (isWord(text) || isWord(before));
      before = length === -1 ? text : "";
      at += length + 2;
      if (taken !== undefined) {
        meet(taken);
        continue;
      }
      const parts = partsOf(text).map((part) => ({ part, code: codeOf(part) }));
      if (!parts.some(({ code }) => code !== undefined)) miss(text);
      else for (const { part, code } of parts) code === undefined ? miss(part) : meet(code);
    }
    return Math.max(at, 0);
  }

  return {
    read,
    size: () => found.size + missing.size,
    meant() {
      const named = [...missing].filter(([, { likely }]) => likely || !prose);
      const repeated = named.reduce((sum, [, { times }]) => sum + times - 1, 0);
      return { found, missing: named.map(([name]) => name), duplicates: again + repeated, prose };
    },
  };
}

/** Whether a piece is a word of a sentence: letters alone, and not in capitals. */
function isWord(piece: string): boolean {
  const text = without(piece, marks, "both");
  return /^\p{L}+$/u.test(text) && !capitals(text);
}

function looksLikeCode(piece: string): boolean {
  const text = without(piece, marks, "both");
  if (text.includes("@")) return false;
  return capitals(text) || (/\p{L}/u.test(text) && /\p{N}/u.test(text));
}

function capitals(text: string): boolean {
  return text === text.toUpperCase() && text !== text.toLowerCase();
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
