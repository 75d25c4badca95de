import { operator } from "@/lib/access/actor";
import { admit } from "@/lib/access/scope";
import { createReferrals } from "@/lib/creations/commands";
import { workOnce } from "@/lib/testing/work";
import { finished } from "./background";
import { createMany, pastedList, singleCreation } from "./create";
import { report } from "./figures";
import { median } from "./timing";
import { forget, type Workspace } from "./workspace";

const callers = 8;

/** Makes single codes by eight callers for as long as `going` says, and reports how many a second. */
async function makeSingles(workspace: Workspace, what: string, going: () => boolean, atLeast?: number): Promise<void> {
  const scope = admit(operator, workspace.scope, "referrals.create");
  const times: number[] = [];
  const operationIds: string[] = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      while (going()) {
        const asked = performance.now();
        const request = singleCreation(workspace, `single.${caller}.${times.length}@example.com`);
        operationIds.push((await createReferrals(scope, request)).operationId);
        times.push(performance.now() - asked);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  report({ what, measured: times.length / seconds, unit: "codes/s", atLeast });
  report({ what: `${what}: median`, measured: median(times), unit: "ms" });
  await forget(workspace.scope, operationIds);
}

/** One code at a time by eight callers, as a shop makes them: alone for five seconds, then beside a creation of 100,000. */
export async function benchSingle(workspace: Workspace): Promise<void> {
  const until = performance.now() + 5000;
  await makeSingles(workspace, "make one code, 8 callers", () => performance.now() < until, 400);
  const operationId = await createMany(workspace, pastedList(100_000));
  let done = false;
  const beside = (async () => {
    while (!(await finished(workspace.scope, operationId, 100_000))) await workOnce("bench");
    done = true;
  })();
  await makeSingles(workspace, "make one code, 8 callers, beside a creation of 100,000", () => !done);
  await beside;
  await forget(workspace.scope, [operationId]);
}
