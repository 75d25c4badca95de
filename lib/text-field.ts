import { z } from "zod";
import { codeSentences, type TextReason } from "@/lib/codes/reasons";
import { characterCount, storableProblem } from "@/lib/codes/rules";
import { refusedBy } from "@/lib/refused-by";
import type { Sentences } from "@/lib/say";

// Controls, and marks that turn the direction of what follows them; joiners and variation selectors belong to scripts and emoji.
const unseen = /[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/u;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Why a text cannot stand in a field; `what` it would be begins the sentence. */
type TextFieldReason =
  | TextReason
  | { reason: "text_length"; what: string; min: number; max: number; length: number }
  | { reason: "text_unseen" | "text_invisible"; what: string };

const sentences: Sentences<TextFieldReason> = {
  ...codeSentences,
  text_length: ({ what, min, max, length }) => `${what} has ${min} to ${max} characters; this one has ${length}.`,
  text_unseen: ({ what }) => `${what} holds a character that nobody can see; remove it.`,
  text_invisible: ({ what }) => `${what} needs a letter, a digit or a sign that can be seen.`,
};

function invisibleProblem(text: string, what: string): TextFieldReason | null {
  if (text === "") return null;
  if (unseen.test(text.replace(/[\t\r\n]/g, ""))) return { reason: "text_unseen", what };
  return visible.test(text) ? null : { reason: "text_invisible", what };
}

/** A text of `min` to `max` characters, trimmed. `what` begins the sentence that refuses it: "A name". */
export function textField(min: number, max: number, what: string) {
  const problem = (text: string): TextFieldReason | null => {
    const length = characterCount(text);
    if (length < min || length > max) return { reason: "text_length", what, min, max, length };
    return storableProblem(text) ?? invisibleProblem(text, what);
  };
  return z.string().trim().superRefine(refusedBy(sentences, problem)).meta({ minLength: min, maxLength: max });
}
