import type { z } from "zod";
import { type Sentences, say } from "@/lib/say";

/** A check of a zod field by a rule that gives a reason: forms read the issue's message, programs the reason in its `params`. */
export function refusedBy<Value, R extends { reason: string }>(
  sentences: Sentences<R>,
  problem: (value: Value) => NoInfer<R> | null,
) {
  return (value: Value, context: z.RefinementCtx) => {
    const reason = problem(value);
    if (reason) context.addIssue({ code: "custom", message: say(sentences, reason), params: reason });
  };
}
