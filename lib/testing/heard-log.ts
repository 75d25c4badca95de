import pino from "pino";

/** Each line that the log has written since `hearing` took its place. */
export const heardLines: string[] = [];

/** `lib/log` that writes every level into `heardLines`, as it would be printed; what a test puts in its place. */
export function hearing(module: typeof import("@/lib/log")): typeof import("@/lib/log") {
  const write = (line: string) => void heardLines.push(line);
  return { ...module, log: pino({ ...module.logOptions, level: "trace" }, { write }) };
}

/** The lines of errors: what nobody had thought of. */
export function heardErrors(): string[] {
  return heardLines.filter((line) => JSON.parse(line).level >= 50);
}
