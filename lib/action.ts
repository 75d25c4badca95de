import { refresh } from "next/cache";
import { headers } from "next/headers";
import type { z } from "zod";
import { currentActor } from "@/lib/access/actor";
import type { Permission } from "@/lib/access/permissions";
import { admitRecorded } from "@/lib/access/refusal";
import { type Admitted, type Asked, asked, type PlaceIn } from "@/lib/access/scope";
import { type Failure, failureOf } from "@/lib/failure";
import { fieldProblems } from "@/lib/field-problems";
import { assertSameOrigin } from "@/lib/same-origin";

/** What a server action answers: the result, or a refusal that the form shows without losing its input. */
export type ActionResult<T> = { ok: true; data: T } | Failure;

/**
 * Makes a server action: same origin, who asks, parse, whether they may, run, refresh the page, result. Never throws to
 * the browser. The input says where: in `scope`, or by `applicationId` and `campaignId`.
 */
export function defineAction<Input extends z.ZodType<object>, P extends Permission, Result>(action: {
  input: Input;
  permission: P;
  run: (scope: Admitted<P, PlaceIn<z.output<Input>>>, input: Asked<z.output<Input>>) => Promise<Result>;
  /** False for actions that change nothing the page shows, such as a plan. */
  refreshes?: boolean;
}): (raw: z.input<Input>) => Promise<ActionResult<Result>> {
  return async (raw) => {
    try {
      assertSameOrigin(await headers());
      const actor = await currentActor();
      const parsed = action.input.safeParse(raw);
      if (!parsed.success) {
        return {
          ok: false,
          code: "invalid",
          message: "Some fields need your attention.",
          fields: fieldProblems(parsed.error),
        };
      }
      const scope = await admitRecorded(actor, parsed.data, action.permission);
      const data = await action.run(scope, asked(parsed.data));
      if (action.refreshes !== false) refresh();
      return { ok: true, data };
    } catch (error) {
      return failureOf(error);
    }
  };
}
