const ascii = /^[\0-\x7F]*$/;

/**
 * Text as it is compared regardless of case, accents and composition: Unicode's compatibility caseless match, and without
 * marks. It goes letter by letter, whatever stands beside it, so that a part of a text is a part of what this makes of
 * it: a final sigma is a sigma, ß is ss, a ligature its letters, and ı, İ and I are i.
 */
export function foldText(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  // Marks go in the end, and ordering a long run of them takes quadratic time.
  const bounded = text.replace(/(\p{M}{30})\p{M}+/gu, "$1");
  // There and back: some letters have no capital of their own, some small ones only meet in their capital.
  const alike = bounded.normalize("NFKD").toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ");
  return alike.normalize("NFKD").replace(/\p{M}+/gu, "");
}

/** What search compares of a code: folded, letters and digits only. Empty when the text has neither. */
export function searchKey(text: string): string {
  return foldText(text).replace(/[^\p{L}\p{N}]+/gu, "");
}

/**
 * What is stored of an advocate to search for: null where it and the code are ASCII, which the database folds itself. Where
 * it is null and either is not, the row was written by an older folding (see `foldStored`).
 */
export function advocateKey(code: string | null, advocate: string): string | null {
  return ascii.test(advocate) && ascii.test(code ?? "") ? null : foldText(advocate);
}
