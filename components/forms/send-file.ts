import type { WrongAnswer } from "@/components/forms/wrong-answer";
import type { ActionResult } from "@/lib/action";
import { withBase } from "@/lib/base-path";

/**
 * Sends a file, or a long text, as the body of a POST; answers as an action does.
 * @throws as `fetch`, and for an answer that is none of the program's (see `wrongAnswerOf`)
 */
export async function sendFile<Result>(
  path: string,
  pieces: BlobPart[],
  kind: "text/csv" | "text/plain" | "application/json" = "text/csv",
): Promise<ActionResult<Result>> {
  const answer = await fetch(withBase(path), { method: "POST", body: new Blob(pieces, { type: kind }) });
  const type = answer.headers.get("content-type");
  if (!answer.redirected && type?.startsWith("application/json")) return answer.json();
  const wrong: WrongAnswer = { status: answer.status, type, redirected: answer.redirected };
  throw Object.assign(new Error(`The answer was ${answer.status} ${type}`), wrong);
}
