"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { useKey } from "./keys";
import { sent } from "./sent";
import { type Told, TryAnswer } from "./try-answer";
import type { TryItProps } from "./try-it";

/** Key, parameters and body of one request, and what it was answered. */
export function TryForm(props: TryItProps) {
  const { operationId, method, kind, parameters, example, upload } = props;
  const [key, setKey] = useKey(kind);
  const [pending, setPending] = useState(false);
  const [told, setTold] = useState<Told | null>(null);
  const id = (name: string) => `try-${operationId}-${name}`;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setPending(true);
    setTold(await sent(props, key, form));
    setPending(false);
  }

  return (
    <form onSubmit={submit} className="flex max-w-2xl flex-col gap-3 pt-3">
      <Field
        name="key"
        id={id("key")}
        label={`${kind === "integration" ? "Integration" : "Management"} key`}
        help="Kept by this page alone, until it is closed."
      >
        <TextInput mono type="password" value={key} onChange={(event) => setKey(event.currentTarget.value)} />
      </Field>
      {parameters.map(({ name, place, required, sample }) => (
        <Field
          key={name}
          name={`${place}:${name}`}
          id={id(name)}
          label={<span className="mono">{name}</span>}
          optional={!required}
        >
          <TextInput mono defaultValue={sample} />
        </Field>
      ))}
      {example !== undefined && (
        <Field name="body" id={id("body")} label="Body">
          <TextArea mono rows={Math.min(16, example.split("\n").length + 1)} defaultValue={example} />
        </Field>
      )}
      {upload !== undefined && (
        <Field name="file" id={id("file")} label={<span className="mono">{upload}</span>}>
          <TextInput type="file" />
        </Field>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" pending={pending}>
          Send
        </Button>
        {method !== "GET" && <p className="text-mute">It is carried out for real.</p>}
      </div>
      <TryAnswer told={told} of={operationId} />
    </form>
  );
}
