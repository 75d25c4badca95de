"use client";

import { useRouter } from "next/navigation";
import { useCallback, useState, useTransition } from "react";
import { sendFile } from "@/components/forms/send-file";
import { unreachable } from "@/components/forms/unreachable";
import { sameFields, useKeptInput } from "@/components/forms/use-kept-input";
import { wrongAnswer, wrongAnswerOf } from "@/components/forms/wrong-answer";
import { createReferralsAction } from "@/lib/creations/actions";
import {
  type CreateContext,
  type CreateForm,
  newForm,
  remainingProblems,
  type UnsentInput,
  understand,
} from "@/lib/creations/form";
import { type AdvocateList, readAdvocates } from "@/lib/creations/rules";
import { sentList } from "@/lib/creations/sent-list";
import type { FieldProblems } from "@/lib/errors";
import type { Failure } from "@/lib/failure";
import { inTurns } from "@/lib/in-turns";
import { newRequestKey } from "@/lib/operations/request-key";

/** What kept a form from being carried out, and that form. */
type Refusal = { message: string; fields?: FieldProblems; code?: string; form: CreateForm };

const sendAgain = "Then send again: what you typed is still here, and codes that were made are not made twice.";
const toCheck = "Nothing was created yet. Please check:";

/** The state of the form for new codes: what is typed, what keeps it from being carried out, and its one sending. */
export function useCreateForm(
  campaign: { codePattern: string; codeCharacters: string },
  context: Omit<CreateContext, "requestKey" | "list">,
  paths: { upload: string; done: (operationId: string) => string },
) {
  const router = useRouter();
  const [blank] = useState(() => newForm(campaign));
  const [form, setForm] = useState(blank);
  const [requestKey, setRequestKey] = useState(newRequestKey);
  const [refusal, setRefusal] = useState<Refusal>();
  const [done, setDone] = useState(false);
  const [pending, startSending] = useTransition();

  const set = useCallback(<Field extends keyof CreateForm>(field: Field, value: CreateForm[Field]) => {
    setForm((before) => ({ ...before, [field]: value }));
  }, []);

  /**
   * @param room why the pattern cannot give as many codes, if that is known already
   * @param known what the list of advocates holds, if it has been read
   */
  function send(room: string | null, known: AdvocateList | null) {
    startSending(async () => {
      const list = known ?? (await inTurns(readAdvocates(form.advocates, form.repeated)));
      const { input, problems } = understand(form, { ...context, requestKey, list });
      if (room) problems.pattern ??= room;
      if (Object.keys(problems).length > 0) {
        setRefusal({ message: toCheck, fields: problems, form });
        return;
      }
      const result = await carryOut(input, list, paths.upload).catch(unanswered);
      if (!result.ok) {
        const { code, fields } = result;
        setRefusal({ message: fields ? toCheck : result.message, code, fields, form });
        return;
      }
      setRefusal(undefined);
      setDone(true);
      router.replace(paths.done(result.data.operationId));
    });
  }

  const dirty = !done && (Object.keys(form) as (keyof CreateForm)[]).some((field) => form[field] !== blank[field]);
  useKeptInput({ form, requestKey }, dirty, (kept) => {
    setForm(sameFields(blank, kept.form));
    setRequestKey(kept.requestKey);
  });
  const problems = refusal?.fields ? remainingProblems(refusal.fields, refusal.form, form) : {};
  return { form, set, send, refusal, problems, pending: pending || done, dirty };
}

/** Makes the codes; those of a list after it was uploaded. */
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
