import { worker } from "@/lib/access/actor";
import { admit } from "@/lib/access/scope";
import type { Sweep } from "@/lib/worker/kinds";

/** How often a process looks for what is old, in milliseconds. Whoever else does so at the same time takes other things. */
const sweepEvery = 60_000;

/** Removes all that is old, one thing after the other; never inside a request, which would wait for it. */
export async function sweep(sweeps: readonly Sweep[], stopped: () => boolean = () => false): Promise<void> {
  const scope = admit(worker, {}, "upkeep");
  for (const removeNext of sweeps) {
    while (!stopped() && (await removeNext(scope)));
  }
}

/** `sweep` whenever it is due; the first time a minute after the start, so that starting is not slowed down. */
export function sweeper(sweeps: readonly Sweep[], stopped: () => boolean): () => Promise<void> {
  let due = performance.now() + sweepEvery;
  return async () => {
    if (performance.now() < due) return;
    due = performance.now() + sweepEvery;
    await sweep(sweeps, stopped);
  };
}
