"use client";

import { useCallback, useState, useTransition } from "react";
import type { z } from "zod";
import { unreachable } from "@/components/forms/unreachable";
import { sameFields, useKeptInput } from "@/components/forms/use-kept-input";
import { useLeaveWarning } from "@/components/ui/use-leave-warning";
import type { ActionResult } from "@/lib/action";
import type { FieldProblems } from "@/lib/errors";
import { fieldProblems } from "@/lib/field-problems";

type FormOptions<Form, Input extends z.ZodType, Result> = {
  /** What the form begins with. */
  blank: Form;
  /** The action's own schema: the browser refuses what the server would. */
  schema: Input;
  /** What was typed as the schema wants it; problems of fields that cannot be read that far go to `problems`. */
  read: (form: Form, problems: FieldProblems) => z.input<Input>;
  action: (input: z.input<Input>) => Promise<ActionResult<Result>>;
  /** Goes on to what was made or saved. The form stays as it is and takes nothing more. */
  onDone: (result: Result) => void;
};

type Refusal = { message: string; fields?: FieldProblems; code?: string };

/** The state of a form that is sent once and then left: what is typed, what is wrong with it, and its sending. */
export function useForm<Form extends object, Input extends z.ZodType, Result>(
  options: FormOptions<Form, Input, Result>,
) {
  const { schema, read, action, onDone } = options;
  const [blank] = useState(options.blank);
  const [form, setForm] = useState(blank);
  const [refusal, setRefusal] = useState<Refusal>();
  const [done, setDone] = useState(false);
  const [sending, startSending] = useTransition();
  const pending = sending || done;

  const set = useCallback(<Name extends keyof Form>(name: Name, value: Form[Name]) => {
    setForm((before) => ({ ...before, [name]: value }));
  }, []);

  function send() {
    if (pending) return;
    const unreadable: FieldProblems = {};
    const input = read(form, unreadable);
    const { error } = schema.safeParse(input);
    const fields = { ...(error && fieldProblems(error)), ...unreadable };
    if (Object.keys(fields).length > 0) {
      setRefusal({ message: "Nothing was saved yet. Please check:", fields });
      return;
    }
    startSending(async () => {
      const result = await action(input).catch(unreachable);
      if (!result.ok) {
        setRefusal(result);
        return;
      }
      setRefusal(undefined);
      setDone(true);
      onDone(result.data);
    });
  }

  const dirty = JSON.stringify(form) !== JSON.stringify(blank);
  useLeaveWarning(dirty && !done);
  useKeptInput(form, dirty && !done, (kept) => setForm(sameFields(blank, kept)));
  return { form, set, send, refusal, problems: refusal?.fields ?? {}, pending };
}
