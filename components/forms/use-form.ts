"use client";

import { useCallback, useState, useTransition } from "react";
import type { z } from "zod";
import { unreachable } from "@/components/forms/unreachable";
import { sameFields, useKeptInput } from "@/components/forms/use-kept-input";
import { useLeaveWarning } from "@/components/ui/use-leave-warning";
import type { ActionResult } from "@/lib/action";
import type { FieldProblems } from "@/lib/errors";
import type { Failure } from "@/lib/failure";
import { fieldProblems } from "@/lib/field-problems";

type FormOptions<Form, Input, Result, Besides> = {
  /** What the form begins with. */
  blank: Form;
  /** The action's own schema: the browser refuses what the server would. Left out where `read` judges by it. */
  schema?: z.ZodType<unknown, Input>;
  /**
   * What was typed as the action wants it; problems of fields that cannot be read that far go to `problems`.
   * @param besides what `send` was given, which is known of the form but not typed
   */
  read: (form: Form, problems: FieldProblems, besides: Besides) => Input | Promise<Input>;
  action: (input: Input) => Promise<ActionResult<Result>>;
  /** Hears what was made or saved, of a form that is left then: it stays as it is and takes nothing more, unless it `stays`. */
  onDone: (result: Result) => void;
  /** The form can be sent again after it was saved. */
  stays?: boolean;
  /** Hears a refusal; where the form goes on from something else for it, gives that, and nothing is called wrong. */
  onRefused?: (failure: Failure, base: Form, form: Form) => { base: Form; form: Form } | undefined;
  /** Which problems of a form as it was sent still hold; all of them until it is sent again, if left out. */
  remaining?: (problems: FieldProblems, sent: Form, now: Form) => FieldProblems;
  /** Begins the list of what is to be mended. */
  toCheck?: string;
};

type Refusal<Form> = { message: string; fields?: FieldProblems; code?: string; sent: Form };

/** The state of a form: what is typed, what is wrong with it, and its sending. What is typed is kept whatever becomes of that. */
export function useForm<Form extends object, Input, Result, Besides = void>(
  options: FormOptions<Form, Input, Result, Besides>,
) {
  const { schema, read, action, onDone, stays = false, onRefused, remaining } = options;
  const { toCheck = "Nothing was saved yet. Please check:" } = options;
  const [base, setBase] = useState(options.blank);
  const [form, setForm] = useState(base);
  const [refusal, setRefusal] = useState<Refusal<Form>>();
  const [done, setDone] = useState(false);
  const [sending, startSending] = useTransition();
  const pending = sending || done;

  const set = useCallback(<Name extends keyof Form>(name: Name, value: Form[Name]) => {
    setForm((before) => ({ ...before, [name]: value }));
  }, []);

  function goOn(from: Form, as: Form) {
    setBase(from);
    setForm(as);
    setRefusal(undefined);
  }

  function send(besides: Besides) {
    if (pending) return;
    startSending(async () => {
      const unreadable: FieldProblems = {};
      const input = await read(form, unreadable, besides);
      const error = schema?.safeParse(input).error;
      const fields = { ...(error && fieldProblems(error)), ...unreadable };
      if (Object.keys(fields).length > 0) {
        setRefusal({ message: toCheck, fields, sent: form });
        return;
      }
      const result = await action(input).catch(unreachable);
      if (!result.ok) {
        const next = onRefused?.(result, base, form);
        if (next) goOn(next.base, next.form);
        else setRefusal({ ...result, sent: form });
        return;
      }
      setRefusal(undefined);
      if (stays) setBase(form);
      else setDone(true);
      onDone(result.data);
    });
  }

  const typed = (Object.keys(base) as (keyof Form)[]).filter((name) => !isSame(form[name], base[name]));
  const dirty = !done && typed.length > 0;
  useLeaveWarning(dirty);
  // no field that was left alone: somebody else may have saved it before the page is here again
  const kept = Object.fromEntries(typed.map((name) => [name, form[name]])) as Partial<Form>;
  useKeptInput(kept, dirty, (again) => setForm(sameFields(base, again)));
  const problems =
    (remaining && refusal?.fields ? remaining(refusal.fields, refusal.sent, form) : refusal?.fields) ?? {};
  return { form, set, send, refusal, problems, pending, dirty, discard: () => goOn(base, base) };
}

/** Texts may be long: they are compared as they are. */
function isSame(one: unknown, other: unknown): boolean {
  return one === other || (typeof one === "object" && JSON.stringify(one) === JSON.stringify(other));
}
