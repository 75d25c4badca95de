import { randomUUID } from "node:crypto";
import { worker } from "@/lib/access/actor";
import { admit } from "@/lib/access/scope";
import { bulkTransaction } from "@/lib/db";
import { log } from "@/lib/log";
import { giveBack, holdLease, takeLease } from "@/lib/operations/worker/lease";
import { stepOf } from "@/lib/operations/worker/steps";
import { sweeper } from "@/lib/operations/worker/sweeps";
import type { RunningWorker } from "@/lib/operations/worker/wake";
import { foldStored } from "@/lib/referrals/fold-stored";

/** How often a worker without work looks for some that another process left, in milliseconds. */
const lookEvery = 1000;
/** How many operations a process works on at a time. */
const hands = 2;

/**
 * Starts working on background operations: takes one under a lease, does it a transaction at a time, looks for the next. What a
 * transaction did and how far the operation is are committed together, so that whoever goes on after a crash
 * finds neither a gap nor a row to do twice. Any number of processes may do so on one database.
 * @returns `stop` waits for the transactions under way and gives the operations back
 */
export function startWorker(): RunningWorker {
  const wakers = new Set<() => void>();
  let stopped = false;

  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(wake, lookEvery);
      timer.unref();
      function wake() {
        clearTimeout(timer);
        wakers.delete(wake);
        resolve();
      }
      wakers.add(wake);
    });
  const wake = () => {
    for (const waiting of [...wakers]) waiting();
  };

  const sweepIfDue = sweeper(() => stopped);

  async function work(): Promise<void> {
    const owner = randomUUID();
    while (!stopped) {
      const found = await lookAround(owner).catch((error: unknown) => {
        log.warn({ err: error }, "looking for background operations failed"); // the database is away; it comes back
        return false;
      });
      if (!found && !stopped) await pause();
    }
  }

  async function lookAround(owner: string): Promise<boolean> {
    if (await workOnce(owner, () => stopped)) return true;
    await sweepIfDue();
    return false;
  }

  const working = Array.from({ length: hands }, work);
  return {
    wake,
    stop: async () => {
      stopped = true;
      wake();
      await Promise.all(working);
    },
  };
}

/** Takes one operation and works on it until it is done, lost or the worker stops; without one, folds codes that are not folded
 * yet. False when there was nothing to do. */
export async function workOnce(owner: string, stopped: () => boolean = () => false): Promise<boolean> {
  const taken = await takeLease(owner);
  if (!taken) return foldStored(admit(worker, {}, "upkeep"));
  const { applicationId, id } = taken;
  let problem: string | null = null;
  try {
    let over = false;
    while (!over && !stopped()) {
      over = await bulkTransaction(async (tx) => {
        const operation = await holdLease(tx, owner, applicationId, id);
        return operation === null || stepOf(operation)(tx, operation);
      });
    }
  } catch (error) {
    const errorId = randomUUID().slice(0, 8);
    log.error({ err: error, errorId, operation: String(id) }, "a background operation failed and will be tried again");
    problem = `The last try failed; the server's log has the details under error ${errorId}.`;
  }
  await giveBack(owner, applicationId, id, problem);
  return true;
}
