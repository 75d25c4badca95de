import { unstable_isUnrecognizedActionError as isOfAnotherBuild } from "next/navigation";
import { wrongAnswer, wrongAnswerOf } from "@/components/forms/wrong-answer";
import type { Failure } from "@/lib/failure";

/** Stands for an answer that did not come, or not from the program: says which, and what became of the input. */
export function unreachable(error: unknown): Failure {
  if (isOfAnotherBuild(error))
    return {
      ok: false,
      code: "outdated",
      message:
        "The program was updated while this page was open, so nothing was done. Reload the page and send it again; what you typed is kept.",
    };
  const answer = wrongAnswerOf(error);
  // Who refuses a request has not passed it on; otherwise nobody knows whether it arrived.
  const refused = answer !== null && [401, 403, 407, 413, 429, 503].includes(answer.status);
  const became = refused ? "Nothing was done." : "Whether it was done is not known: look before you send it again.";
  return { ok: false, code: "unavailable", message: `${wrongAnswer(answer)} ${became} What you entered is kept.` };
}
