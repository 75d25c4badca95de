/** The worker of this process, where one runs; its modules are not shared between the parts of a built application. */
export interface RunningWorker {
  wake(): void;
  stop(): Promise<void>;
}

export const workerHolder = globalThis as { referralsWorker?: RunningWorker };

/** Lets the worker of this process look for work now. Without one here, another process finds it within a second. */
export function wakeWorker(): void {
  workerHolder.referralsWorker?.wake();
}
