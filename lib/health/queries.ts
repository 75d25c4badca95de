import { setTimeout as pause } from "node:timers/promises";
import { pool } from "@/lib/db";
import { log } from "@/lib/log";
import { isCurrent, readHistory } from "@/prisma/history";

/** How long the database may take to answer, in milliseconds. */
const patience = 500;

/** Whether requests can be served: the database answers in time and has every migration of this version. */
type Readiness = "ready" | "the database does not answer" | "the database lacks migrations";

async function askDatabase(): Promise<Readiness> {
  try {
    return isCurrent(await readHistory(pool)) ? "ready" : "the database lacks migrations";
  } catch (error) {
    log.warn({ err: error }, "not ready: the database does not answer");
    return "the database does not answer";
  }
}

/** Asks the database, for at most half a second. Never throws. */
export async function readiness(): Promise<Readiness> {
  const timer = new AbortController();
  const late = pause(patience, "the database does not answer" as const, { signal: timer.signal });
  late.catch(() => undefined); // the answer came first
  const state = await Promise.race([askDatabase(), late]);
  timer.abort();
  return state;
}
