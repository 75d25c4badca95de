import { withBase } from "@/lib/base-path";
import { authorizationScheme } from "@/lib/keys/rules";
import type { Told } from "./try-answer";
import type { TryItProps } from "./try-it";

/** How much of an answer is shown, in characters. */
const shownMost = 100_000;

/** Says in place of an answer why there is none. */
const none = (status: string): Told => ({ status, milliseconds: 0, headers: [], text: "" });

/** Sends the request that a form describes. @returns what it was answered, or why it was not */
export async function sent(props: TryItProps, key: string, form: FormData): Promise<Told> {
  let request: RequestInit;
  try {
    request = requestOf(props, key, form);
  } catch {
    return none("Not sent: the key or the Idempotency-Key holds a character that no header can, such as “…”.");
  }
  const began = performance.now();
  try {
    const response = await fetch(withBase(addressOf(props, form)), request);
    const text = await response.text();
    return {
      status: `${response.status} ${response.statusText}`.trim(),
      milliseconds: Math.round(performance.now() - began),
      headers: [...response.headers],
      text: pretty(text, response.headers.get("content-type")),
    };
  } catch {
    return none("No answer: the server cannot be reached.");
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
