import { databaseProblem } from "@/lib/database-problem";
import { databaseReady } from "@/lib/database-ready";
import { requestMark } from "@/lib/request-mark";

/** Next calls this once when a server process starts: from then on it also works on background operations. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  await databaseReady.referralsDatabaseReady;
  const { startWorking } = await import("@/lib/all-work"); // one import: each is loaded with all that it needs, again
  startWorking();
}

/** Next calls this for what a page throws, before it answers 500; the server then answers 503 where the database is why. */
export function onRequestError(error: unknown): void {
  const mark = requestMark.getStore();
  const problem = databaseProblem(error);
  if (mark && problem) mark.problem = problem.message;
}
