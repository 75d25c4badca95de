/** How long work goes on before others have a turn, in milliseconds: less than a frame of the screen. */
const turn = 12;

/**
 * Does work of many small steps (each `yield` ends one) and lets others have a turn every few milliseconds, so that neither
 * typing nor other requests wait for it.
 * @throws the signal's reason when it aborts meanwhile, and whatever the work throws
 */
export async function inTurns<Result>(work: Generator<void, Result>, signal?: AbortSignal): Promise<Result> {
  for (let began = performance.now(); ; ) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - began < turn) continue;
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    began = performance.now();
  }
}

/** The same without turns, for work that is known to be small. */
export function atOnce<Result>(work: Generator<void, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
