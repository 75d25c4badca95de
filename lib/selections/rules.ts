// What a code can have; everything else separates codes in a text, whatever sheet or mail it is from.
const between = /[^\p{L}\p{N}._%+@#-]+/u;

/** The codes in a text, in its order, each once, and how many stood there again. Case is folded by `fold`. */
export function pastedCodes(text: string, fold: (code: string) => string): { codes: string[]; duplicates: number } {
  const all = text
    .normalize("NFC")
    .split(between)
    .filter((token) => token !== "")
    .map(fold);
  const codes = [...new Set(all)];
  return { codes, duplicates: all.length - codes.length };
}

/** A code as it stands in a sentence, without the full stop or dash around it; the same where it has none. */
export function withoutMarks(code: string): string {
  return code.replace(/^[.-]+|[.-]+$/g, "");
}
