/** A text in front of people: its first `most` characters (UTF-16 units), and … where something follows. Never splits a pair. */
export function shortened(text: string, most = 40): string {
  if (text.length <= most) return text;
  const start = text.slice(0, most);
  return `${start.isWellFormed() ? start : start.slice(0, -1)}…`;
}
