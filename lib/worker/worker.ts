import { randomUUID } from "node:crypto";
import { bulkTransaction } from "@/lib/db";
import { log } from "@/lib/log";
import type { Queue, Work } from "@/lib/worker/kinds";
import { giveBack, holdLease, type Taken, takeLease } from "@/lib/worker/lease";
import type { WorkReason } from "@/lib/worker/reasons";
import { sweeper } from "@/lib/worker/sweeps";
import type { RunningWorker } from "@/lib/worker/wake";

/** How often a worker without work looks for some that another process left, in milliseconds. */
const lookEvery = 1000;
/** How many rows a process works on at a time. */
const hands = 2;

/**
 * Starts working: takes a row of a queue under a lease, does it a transaction at a time, looks for the next. What a
 * transaction did and how far the row is are committed together, so that whoever goes on after a crash
 * finds neither a gap nor anything to do twice. Any number of processes may do so on one database.
 * @returns `stop` waits for the transactions under way and gives the rows back
 */
export function startWorker(work: Work): RunningWorker {
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

  const sweepIfDue = sweeper(work.sweeps, () => stopped);

  async function lendHand(): Promise<void> {
    const owner = randomUUID();
    while (!stopped) {
      const found = await lookAround(owner).catch((error: unknown) => {
        log.warn({ err: error }, "looking for work in the background failed"); // the database is away; it comes back
        return false;
      });
      if (!found && !stopped) await pause();
    }
  }

  async function lookAround(owner: string): Promise<boolean> {
    if (await workOnce(work, owner, () => stopped)) return true;
    await sweepIfDue();
    return false;
  }

  const working = Array.from({ length: hands }, lendHand);
  return {
    wake,
    stop: async () => {
      stopped = true;
      wake();
      await Promise.all(working);
    },
  };
}

/** Takes one row of the first queue that has any, and works on it until it is done, lost or the worker stops,
 * or for one step where it gives way. False when there was nothing to do. */
export async function workOnce(work: Work, owner: string, stopped: () => boolean = () => false): Promise<boolean> {
  for (const queue of work.queues) {
    const taken = await takeLease(queue, owner);
    if (!taken) continue;
    await workOn(queue, owner, taken, stopped);
    return true;
  }
  return false;
}

async function workOn(queue: Queue, owner: string, taken: Taken, stopped: () => boolean): Promise<void> {
  let problem: string | null = null;
  try {
    let over = false;
    while (!over && !stopped()) {
      over = await bulkTransaction(async (tx) => {
        const row = await holdLease(tx, queue, owner, taken);
        return row === null || queue.step(tx, row);
      });
      if (queue.givesWay) break;
    }
  } catch (error) {
    const errorId = randomUUID().slice(0, 8);
    const which = Object.values(taken).join("/");
    log.error({ err: error, errorId, row: which }, `${queue.called} failed and will be tried again`);
    problem = JSON.stringify({ reason: "try_failed", errorId } satisfies WorkReason);
  }
  await giveBack(queue, owner, taken, problem);
}
