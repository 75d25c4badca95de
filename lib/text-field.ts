import { z } from "zod";
import { characterCount, storableProblem } from "@/lib/referrals/rules";

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
          : storableProblem(text);
      if (message) context.addIssue({ code: "custom", message });
    });
}
