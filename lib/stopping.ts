type Finish = () => Promise<void>;

// On the global object, because the launch and the built application each have their own copy of this module.
const holder = globalThis as { referralsFinishes?: Set<Finish> };
holder.referralsFinishes ??= new Set();
const finishes = holder.referralsFinishes;

/**
 * Registers work that has to come to a stop before the database's connections close, such as a worker's loop.
 * @param finish resolves when the work has stopped at a place where it can be taken up again.
 * @returns a way to take the registration back.
 */
export function beforeStopping(finish: Finish): () => void {
  finishes.add(finish);
  return () => finishes.delete(finish);
}

/** Stops all registered work and waits for it; a failure of one does not keep the others. */
export async function stopWork(): Promise<void> {
  await Promise.allSettled([...finishes].map((finish) => finish()));
}
