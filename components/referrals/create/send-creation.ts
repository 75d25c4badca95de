import { sendFile } from "@/components/forms/send-file";
import { unreachable } from "@/components/forms/unreachable";
import { wrongAnswer, wrongAnswerOf } from "@/components/forms/wrong-answer";
import { createReferralsAction } from "@/lib/creations/actions";
import type { UnsentInput } from "@/lib/creations/form";
import type { AdvocateList } from "@/lib/creations/rules";
import { sentList } from "@/lib/creations/sent-list";
import type { Failure } from "@/lib/failure";
import { inTurns } from "@/lib/in-turns";

/** What a form for new codes asks for, and the list of advocates that it is about, if it is about one. */
export interface Creation {
  input: UnsentInput;
  list: AdvocateList;
}

const sendAgain = "Then send again: what you typed is still here, and codes that were made are not made twice.";
export const toCheck = "Nothing was created yet. Please check:";

/** Makes the codes; those of a list after it was uploaded, to `path`. */
export async function sendCreation({ input, list }: Creation, path: string) {
  const result = await carryOut(input, list, path).catch(unanswered);
  return result.ok || !result.fields ? result : { ...result, message: toCheck };
}

async function carryOut(input: UnsentInput, list: AdvocateList, path: string) {
  if (input.kind !== "many") return createReferralsAction(input);
  const uploaded = await sendFile<{ listId: string }>(path, await inTurns(sentList(list.advocates)));
  return uploaded.ok ? createReferralsAction({ ...input, listId: uploaded.data.listId }) : uploaded;
}

/** Sending again is safe here, whatever became of the first time. */
function unanswered(error: unknown): Failure {
  const failure = unreachable(error);
  if (failure.code === "outdated") return failure;
  return { ...failure, message: `${wrongAnswer(wrongAnswerOf(error))} ${sendAgain}` };
}
