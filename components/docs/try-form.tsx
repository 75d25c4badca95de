"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { withBase } from "@/lib/base-path";
import { authorizationScheme } from "@/lib/keys/rules";
import { useKey } from "./keys";
import { type Told, TryAnswer } from "./try-answer";
import type { TryItProps } from "./try-it";

/** How much of an answer is shown, in characters. */
const shownMost = 100_000;

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

async function sent(props: TryItProps, key: string, form: FormData): Promise<Told> {
  const began = performance.now();
  try {
    const response = await fetch(withBase(addressOf(props, form)), requestOf(props, key, form));
    const text = await response.text();
    return {
      status: `${response.status} ${response.statusText}`.trim(),
      milliseconds: Math.round(performance.now() - began),
      headers: [...response.headers],
      text: pretty(text, response.headers.get("content-type")),
    };
  } catch {
    return { status: "No answer: the server cannot be reached.", milliseconds: 0, headers: [], text: "" };
  }
}

function addressOf({ path, parameters }: TryItProps, form: FormData): string {
  const given = (place: string, name: string) => String(form.get(`${place}:${name}`) ?? "");
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(given("path", name)));
  const query = new URLSearchParams();
  for (const { name, place } of parameters)
    if (place === "query" && given(place, name) !== "") query.set(name, given(place, name));
  return query.size === 0 ? filled : `${filled}?${query}`;
}

function requestOf(
  { method, kind, parameters, example, upload }: TryItProps,
  key: string,
  form: FormData,
): RequestInit {
  const headers = new Headers({ authorization: `${authorizationScheme[kind]} ${key.trim()}` });
  for (const { name, place } of parameters) {
    const value = String(form.get(`header:${name}`) ?? "");
    if (place === "header" && value !== "") headers.set(name, value);
  }
  if (example !== undefined) {
    headers.set("content-type", "application/json");
    return { method, headers, body: String(form.get("body") ?? "") };
  }
  if (upload === undefined) return { method, headers };
  const body = new FormData();
  body.set(upload, form.get("file") ?? "");
  return { method, headers, body };
}

function pretty(text: string, type: string | null): string {
  const whole = type?.startsWith("application/json") ? JSON.stringify(JSON.parse(text), null, 2) : text;
  return whole.length > shownMost ? `${whole.slice(0, shownMost)}…` : whole;
}
