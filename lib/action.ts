import { refresh } from "next/cache";
import { headers } from "next/headers";
import type { z } from "zod";
import { type Actor, currentActor } from "@/lib/access/actor";
import { type Failure, failureOf } from "@/lib/failure";
import { fieldProblems } from "@/lib/field-problems";
import { assertSameOrigin } from "@/lib/same-origin";

/** What a server action answers: the result, or a refusal that the form shows without losing its input. */
export type ActionResult<T> = { ok: true; data: T } | Failure;

/**
 * Makes a server action: same origin, parse, who asks, run, refresh the page, result. Never throws to the browser.
 * `run` authorizes by loading what it needs through the actor's scope.
 */
export function defineAction<Input extends z.ZodType, Result>(action: {
  input: Input;
  run: (actor: Actor, input: z.output<Input>) => Promise<Result>;
  /** False for actions that change nothing the page shows, such as a plan. */
  refreshes?: boolean;
}): (raw: z.input<Input>) => Promise<ActionResult<Result>> {
  return async (raw) => {
    try {
      assertSameOrigin(await headers());
      const parsed = action.input.safeParse(raw);
      if (!parsed.success) {
        return {
          ok: false,
          code: "invalid",
          message: "Some fields need your attention.",
          fields: fieldProblems(parsed.error),
        };
      }
      const data = await action.run(await currentActor(), parsed.data);
      if (action.refreshes !== false) refresh();
      return { ok: true, data };
    } catch (error) {
      return failureOf(error);
    }
  };
}
