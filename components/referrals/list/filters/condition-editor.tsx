"use client";

import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { BatchFinder } from "@/components/batches/batch-finder";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { DateTimeField } from "@/components/ui/date-time-field";
import { Field } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import type { AttributeDefinition } from "@/lib/attributes/rules";
import type { ConditionParam } from "./conditions";
import { type Answer, answerOf, conditionOf, edgeOf, type Problems, questionOf } from "./editor-state";

type ConditionEditorProps = {
  param: ConditionParam;
  title: string;
  /** What the address says now; empty for a new condition. */
  text: string;
  /** Of the attribute that it is about, where that is known. */
  definition?: AttributeDefinition;
  timeZone: string;
  onApply: (text: string) => void;
};

/** One condition's control: how it is put, the values for that, and Apply. */
export function ConditionEditor({ param, title, text, definition, timeZone, onApply }: ConditionEditorProps) {
  const question = questionOf(param, definition);
  const [answer, setAnswer] = useState(() => answerOf(param, text, question));
  const [problems, setProblems] = useState<Problems>({});
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("input:checked, input, textarea")?.focus();
  }, []);
  const change = (part: Partial<Answer>) => {
    setAnswer((now) => ({ ...now, ...part }));
    setProblems({});
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const result = conditionOf(param, answer, timeZone);
    if (typeof result === "string") onApply(result);
    else setProblems(result);
  };
  const dateProps = (end: "from" | "to") => ({
    id: `${id}-${end}`,
    name: `${id}-${end}`,
    label: end === "from" ? "From" : "To",
    zone: timeZone,
    bound: end === "from" ? ("start" as const) : ("end" as const),
    verb: "Dates",
    read: edgeOf,
    emptyText: timeZone,
    value: answer[end],
    onValueChange: (value: string) => change({ [end]: value }),
    error: problems[end],
  });
  const { mode } = answer;
  return (
    <form ref={form} onSubmit={submit} className="flex w-64 max-w-full flex-col gap-3" noValidate>
      {question.modes.length > 1 && (
        <RadioGroup
          name={`${id}-mode`}
          label={<span className="sr-only">{title}</span>}
          value={mode}
          onValueChange={(next) => change({ mode: next })}
          options={question.modes.map(({ mode: value, label }) => ({ value, label }))}
        />
      )}
      {mode === "words" && (
        <fieldset
          className="-m-1 flex max-h-60 flex-col overflow-y-auto p-1"
          aria-describedby={problems.words && `${id}-words`}
        >
          <legend className="sr-only">{title}</legend>
          {question.words.map(({ value, label }) => (
            <Checkbox
              key={value}
              label={label}
              checked={answer.words.includes(value)}
              onChange={(event) =>
                change({
                  words: event.target.checked
                    ? [...answer.words, value]
                    : answer.words.filter((word) => word !== value),
                })
              }
            />
          ))}
          {problems.words && (
            <p id={`${id}-words`} role="alert" className="text-sm text-bad">
              {problems.words}
            </p>
          )}
        </fieldset>
      )}
      {(mode === "is" || mode === "has" || mode === "numbersOneOf") && (
        <Field
          id={`${id}-text`}
          name={`${id}-text`}
          label={
            mode === "has" ? "Text" : param === "batch" ? "Name or ID" : question.many ? "Values, one a line" : "Value"
          }
          error={problems.text}
        >
          {mode !== "has" && question.many ? (
            <TextArea rows={3} value={answer.text} onChange={(event) => change({ text: event.target.value })} />
          ) : (
            <TextInput value={answer.text} onChange={(event) => change({ text: event.target.value })} />
          )}
        </Field>
      )}
      {param === "batch" && mode === "is" && <BatchFinder text={answer.text} onChoose={onApply} />}
      {mode === "dates" && (
        <>
          <DateTimeField {...dateProps("from")} />
          <DateTimeField {...dateProps("to")} />
        </>
      )}
      {mode === "numbers" && (
        <div className="grid grid-cols-2 gap-2">
          {(["from", "to"] as const).map((end) => (
            <Field
              key={end}
              id={`${id}-${end}`}
              name={`${id}-${end}`}
              label={end === "from" ? "From" : "To"}
              error={problems[end]}
            >
              <TextInput
                inputMode="numeric"
                value={answer[end]}
                onChange={(event) => change({ [end]: event.target.value })}
                className="num"
              />
            </Field>
          ))}
        </div>
      )}
      <div className="flex justify-end">
        <Button type="submit" variant="primary">
          Apply
        </Button>
      </div>
    </form>
  );
}
