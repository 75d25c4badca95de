/** One measured figure. Times are in milliseconds, whatever the unit it is printed in. */
export interface Figure {
  /** What was measured, and against what it is compared. */
  what: string;
  measured: number;
  unit: keyof typeof units;
  /** What `measured` has to keep; or, where `raw` is given, what their ratio has to keep. Without it the figure is only told. */
  atMost?: number;
  atLeast?: number;
  /** The same work done by plain SQL over one connection, in this run. */
  raw?: number;
}

const number = (digits: number) =>
  new Intl.NumberFormat("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
const units = {
  ms: (value: number) => `${number(value < 100 ? 1 : 0).format(value)} ms`,
  s: (value: number) => `${number(2).format(value / 1000)} s`,
  kB: (value: number) => `${number(1).format(value / 1000)} kB`,
  MB: (value: number) => `${number(1).format(value / 1e6)} MB`,
  MiB: (value: number) => `${number(0).format(value / 2 ** 20)} MiB`,
  "MB/s": (value: number) => `${number(1).format(value / 1e6)} MB/s`,
  "codes/s": (value: number) => `${number(0).format(value)} codes/s`,
  "rows/s": (value: number) => `${number(0).format(value)} rows/s`,
  "calls/s": (value: number) => `${number(0).format(value)} a second`,
  "redemptions/s": (value: number) => `${number(0).format(value)} a second`,
  bytes: (value: number) => `${number(0).format(value)} bytes`,
  "%": (value: number) => `${number(1).format(value)} %`,
  codes: (value: number) => number(0).format(value),
  statements: (value: number) => number(Number.isInteger(value) ? 0 : 2).format(value),
};

let missed = 0;
let kept = 0;

function line(what: string, measured: string, budget: string, raw: string, ratio: string, verdict: string): string {
  return `${what.padEnd(74)} ${measured.padStart(13)}  ${budget.padEnd(16)} ${raw.padStart(12)} ${ratio.padStart(6)}  ${verdict}`;
}

/** Prints what the columns of the figures are. */
export function printHeader(): void {
  console.log(line("what", "measured", "budget", "raw", "ratio", "").trimEnd());
}

/** Prints a figure with its budget, and remembers whether that was kept. */
export function report({ what, measured, unit, atMost, atLeast, raw }: Figure): void {
  const ratio = raw === undefined ? undefined : measured / raw;
  const compared = ratio ?? measured;
  const ok = (atMost === undefined || compared <= atMost) && (atLeast === undefined || compared >= atLeast);
  const judged = atMost !== undefined || atLeast !== undefined;
  if (judged) ok ? kept++ : missed++;
  const limit = atMost ?? atLeast;
  const bound = (value: number) => (ratio === undefined ? units[unit](value) : `${number(2).format(value)} × raw`);
  const budget = limit === undefined ? "" : `${atMost === undefined ? "≥" : "≤"} ${bound(limit)}`;
  const shownRaw = raw === undefined ? "" : units[unit](raw);
  const shownRatio = ratio === undefined ? "" : number(2).format(ratio);
  console.log(
    line(what, units[unit](measured), budget, shownRaw, shownRatio, judged ? (ok ? "ok" : "MISSED") : "").trimEnd(),
  );
}

/** Prints how many budgets were kept. Returns the exit code. */
export function sumUp(): number {
  console.log(`\n${kept} budgets kept, ${missed} missed`);
  return missed === 0 && kept > 0 ? 0 : 1;
}
