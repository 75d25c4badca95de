import { inspect } from "node:util";
import { withoutPasswords } from "@/lib/database-address";
import { SettingsError } from "@/lib/env";
import { LaunchProblem } from "./problem";

/** Ends one thing. `hurry` is aborted when the operator asks a second time. */
type Close = (hurry: AbortSignal) => Promise<unknown> | unknown;

// One signal often arrives twice: from the terminal to the whole process group, and again from npm, which forwards it.
const echoMilliseconds = 500;

const closes: Close[] = [];
const hurry = new AbortController();
let stopping: Promise<void> | undefined;
let askedAt = 0;

/** Registers what has to end with the process; the last registered ends first. Returns a way to take it back. */
export function onShutdown(close: Close): () => void {
  closes.push(close);
  return () => {
    const index = closes.indexOf(close);
    if (index >= 0) closes.splice(index, 1);
  };
}

/** Ends everything in order, whatever fails on the way, then the process. */
function shutDown(exitCode: number): Promise<void> {
  stopping ??= (async () => {
    for (let close = closes.pop(); close; close = closes.pop()) {
      try {
        await close(hurry.signal);
      } catch (error) {
        console.error(withoutPasswords(inspect(error)));
      }
    }
    process.exit(exitCode);
  })();
  return stopping;
}

/**
 * Runs a task as the whole of this process. SIGINT and SIGTERM end it cleanly, a second one faster. What the
 * operator can mend is printed as its sentence, any other error with its stack, neither with a password; both end it with 1.
 * @param work returns the exit code, or nothing to keep running until a signal.
 * @param interrupted the exit code after a signal: 1, because work that is cut off must not be taken for done, unless it has no other end
 */
export async function runTask(work: () => Promise<number | undefined>, interrupted = 1): Promise<void> {
  const ask = () => {
    const now = performance.now();
    if (stopping && now - askedAt > echoMilliseconds) hurry.abort();
    if (!stopping) {
      askedAt = now;
      void shutDown(interrupted);
    }
  };
  process.on("SIGINT", ask);
  process.on("SIGTERM", ask);
  process.on("SIGHUP", ask);
  try {
    const exitCode = await work();
    if (exitCode !== undefined) await shutDown(exitCode);
  } catch (error) {
    if (stopping) return; // what the shutdown interrupted
    const expected = error instanceof LaunchProblem || error instanceof SettingsError;
    console.error(withoutPasswords(expected ? error.message : inspect(error)));
    await shutDown(1);
  }
}
