import { z } from "zod";
import { characterCount, storableProblem } from "@/lib/codes/rules";

// Controls, and marks that turn the direction of what follows them; joiners and variation selectors belong to scripts and emoji.
const unseen = /[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/u;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

function invisibleProblem(text: string, what: string): string | null {
  if (text === "") return null;
  if (unseen.test(text.replace(/[\t\r\n]/g, ""))) return `${what} holds a character that nobody can see; remove it.`;
  return visible.test(text) ? null : `${what} needs a letter, a digit or a sign that can be seen.`;
}

/** A text of `min` to `max` characters, trimmed. `what` begins the sentence that refuses it: "A name". */
export function textField(min: number, max: number, what: string) {
  return z
    .string()
    .trim()
    .superRefine((text, context) => {
      const length = characterCount(text);
      const message =
        length < min || length > max
          ? `${what} has ${min} to ${max} characters; this one has ${length}.`
          : (storableProblem(text) ?? invisibleProblem(text, what));
      if (message) context.addIssue({ code: "custom", message });
    });
}
