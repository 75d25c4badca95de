/** Next calls this once when a server process starts: from then on it also works on background operations. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { workerHolder } = await import("@/lib/operations/worker/wake");
  const { startWorker } = await import("@/lib/operations/worker/worker");
  workerHolder.referralsWorker ??= startWorker();
}
