/** What is wrong with a list of which `count` lines are wrong, the first of them told. */
export function wrongLines(first: { line: number; message: string }, count: number): string {
  const others = count - 1;
  const more =
    others > 0 ? ` ${others.toLocaleString("en-GB")} more ${others === 1 ? "line is" : "lines are"} wrong.` : "";
  return `Line ${first.line.toLocaleString("en-GB")}: ${first.message}${more}`;
}
