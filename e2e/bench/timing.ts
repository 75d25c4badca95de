/** The middle one of some numbers; of an even count the mean of the middle two. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? Number.NaN) + (sorted[Math.floor(half)] ?? Number.NaN)) / 2;
}

/** How long something takes, in milliseconds. */
export async function time(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

/** The median time of `rounds` runs in milliseconds, after `warmUps` that do not count. */
export async function medianTime(run: () => Promise<unknown>, rounds: number, warmUps: number): Promise<number> {
  for (let warmUp = 0; warmUp < warmUps; warmUp += 1) await run();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await time(run));
  return median(times);
}
