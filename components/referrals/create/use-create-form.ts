"use client";

import { useRouter } from "next/navigation";
import { useCallback, useState, useTransition } from "react";
import type { FieldProblems } from "@/lib/errors";
import { createReferralsAction } from "@/lib/referrals/create/actions";
import {
  type CreateContext,
  type CreateForm,
  newForm,
  remainingProblems,
  understand,
} from "@/lib/referrals/create/form";
import type { AdvocateList } from "@/lib/referrals/create/rules";

/** What kept a form from being carried out, and that form. */
type Refusal = { message: string; fields?: FieldProblems; form: CreateForm };

const toCheck = "Nothing was created yet. Please check:";
const unsent =
  "No answer came back. Check the connection and send again: what you typed is still here, and codes that were made are not made twice.";

/** The state of the form for new codes: what is typed, what keeps it from being carried out, and its one sending. */
export function useCreateForm(
  campaign: { codePattern: string; codeCharacters: string },
  context: Omit<CreateContext, "requestKey" | "list">,
  donePath: (operationId: string) => string,
) {
  const router = useRouter();
  const [blank] = useState(() => newForm(campaign));
  const [form, setForm] = useState(blank);
  const [requestKey] = useState(() => crypto.randomUUID());
  const [refusal, setRefusal] = useState<Refusal>();
  const [done, setDone] = useState(false);
  const [pending, startSending] = useTransition();

  const set = useCallback(<Field extends keyof CreateForm>(field: Field, value: CreateForm[Field]) => {
    setForm((before) => ({ ...before, [field]: value }));
  }, []);

  /**
   * @param room why the pattern cannot give as many codes, if that is known already
   * @param list what the list of advocates holds, if it has been read
   */
  function send(room: string | null, list: AdvocateList | null) {
    const { input, problems } = understand(form, { ...context, requestKey, list });
    if (room) problems.pattern ??= room;
    if (Object.keys(problems).length > 0) {
      setRefusal({ message: toCheck, fields: problems, form });
      return;
    }
    startSending(async () => {
      const result = await createReferralsAction(input).catch(() => null);
      if (!result?.ok) {
        const fields = result?.fields;
        setRefusal({ message: fields ? toCheck : (result?.message ?? unsent), fields, form });
        return;
      }
      setRefusal(undefined);
      setDone(true);
      router.replace(donePath(result.data.operationId));
    });
  }

  const dirty = !done && (Object.keys(form) as (keyof CreateForm)[]).some((field) => form[field] !== blank[field]);
  const problems = refusal?.fields ? remainingProblems(refusal.fields, refusal.form, form) : {};
  return { form, set, send, refusal, problems, pending: pending || done, dirty };
}
