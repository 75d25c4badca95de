/** Says what the launch is doing: a short subject and a text, in columns. */
export function say(subject: string, text: string): void {
  console.log(`  ${subject.padEnd(11)} ${text}`);
}

/** Seconds since a `performance.now()`, for people: "1.4 s". */
export function since(began: number): string {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`;
}
