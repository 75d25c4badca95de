import { databaseProblem } from "@/lib/database-problem";
import { databaseReady } from "@/lib/database-ready";
import { requestMark } from "@/lib/request-mark";

/** Next calls this once when a server process starts: from then on it also works on background operations. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  await databaseReady.referralsDatabaseReady;
  const { workerHolder } = await import("@/lib/worker/wake");
  const { startWorker } = await import("@/lib/worker/worker");
  const { allWork } = await import("@/lib/all-work");
  workerHolder.referralsWorker ??= startWorker(allWork);
}

/** Next calls this for what a page throws, before it answers 500; the server then answers 503 where the database is why. */
export function onRequestError(error: unknown): void {
  const mark = requestMark.getStore();
  const problem = databaseProblem(error);
  if (mark && problem) mark.problem = problem.message;
}
