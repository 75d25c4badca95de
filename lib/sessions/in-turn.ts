import { DomainError } from "@/lib/errors";

/** How many requests about one session this process carries out or lets wait (reference: talon-one-api section 3). */
const atMost = 3;
const running = new Map<string, number>();

/**
 * Runs what moves one session. The database lets them go one after the other; more than three are refused, so that they do not take
 * all its connections while they wait.
 * @throws DomainError `conflict`
 */
export async function inTurn<T>(session: string, run: () => Promise<T>): Promise<T> {
  const count = running.get(session) ?? 0;
  if (count >= atMost) throw new DomainError("conflict", { reason: "session_busy" });
  running.set(session, count + 1);
  try {
    return await run();
  } finally {
    const left = (running.get(session) ?? 1) - 1;
    if (left > 0) running.set(session, left);
    else running.delete(session);
  }
}
