"use client";

import { CircleAlert } from "lucide-react";
import { type MouseEvent, useEffect, useRef } from "react";
import { withBase } from "@/lib/base-path";
import { signedOut, signInPath } from "@/lib/signed-out";
import { fieldId } from "./field";
import { firstMessage, type Messages } from "./field-messages";
import { reloadPage } from "./use-leave-warning";

type FormErrorsProps = {
  /** What is wrong with the form as a whole. */
  message?: string;
  /** Errors by name of the form value; each links to its field. A new object takes the focus again. */
  fieldErrors?: Record<string, Messages>;
  /** The page is of another build than the server: it has to be reloaded. */
  outdated?: boolean;
};

/** What keeps a form from being saved, on top of it. Takes the focus when it appears or changes. */
export function FormErrors({ message, fieldErrors, outdated }: FormErrorsProps) {
  const box = useRef<HTMLDivElement>(null);
  const problems = Object.entries(fieldErrors ?? {}).flatMap(([name, messages]) => {
    const text = firstMessage(messages);
    return text ? [{ name, text }] : [];
  });
  const shown = Boolean(message) || problems.length > 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a second refusal with the same words must be heard too.
  useEffect(() => {
    if (shown) box.current?.focus();
  }, [shown, message, fieldErrors]);

  if (!shown) return null;
  const [only] = problems;
  const repeated = problems.length === 1 && only?.text === message;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="flex gap-2 rounded-md border border-bad/40 bg-bad-soft px-3 py-2 text-ink"
    >
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0">
        <p className="font-medium">{repeated || !message ? "Nothing was saved yet. Please check:" : message}</p>
        {outdated && (
          <button type="button" className="link mt-1 min-h-6" onClick={reloadPage}>
            Reload the page
          </button>
        )}
        {message === signedOut && (
          <a href={withBase(signInPath)} target="_blank" rel="noreferrer" className="link mt-1 inline-block min-h-6">
            Sign in, in another tab
          </a>
        )}
        {problems.length > 0 && (
          <ul className="mt-1 list-disc pl-4">
            {problems.map(({ name, text }) => (
              <li key={name}>
                <a href={`#${fieldId(name)}`} className="underline underline-offset-2" onClick={focusField}>
                  {text}
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** Moves the focus without writing a fragment into the address, which belongs to filters and pages. */
function focusField(event: MouseEvent<HTMLAnchorElement>) {
  const field = document.getElementById(event.currentTarget.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.focus();
}
