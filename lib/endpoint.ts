import { type Actor, currentActor } from "@/lib/access/actor";
import { errorStatus } from "@/lib/errors";
import { failureOf } from "@/lib/failure";
import { retryAfter } from "@/lib/retry-after";
import { assertSameOrigin } from "@/lib/same-origin";

/** Whether whoever asked is gone, also in the middle of a body: nothing went wrong, and nobody reads an answer. */
function isGone({ signal }: Request, error: unknown): boolean {
  const broken = error instanceof Error && "code" in error && error.code === "ECONNRESET";
  return broken || (signal.aborted && error === signal.reason);
}

/**
 * Makes a route handler of the dashboard (uploads, downloads): who asks, run, and every refusal as JSON
 * `{ ok: false, code, message, fields? }` with its status. Requests that change something must come from our own pages.
 */
export function defineEndpoint<Context>(
  run: (actor: Actor, request: Request, context: Context) => Promise<Response>,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    try {
      if (request.method !== "GET" && request.method !== "HEAD") assertSameOrigin(request.headers);
      return await run(await currentActor(), request, context);
    } catch (error) {
      if (isGone(request, error)) return new Response(null, { status: 499 });
      const failure = failureOf(error);
      const status = failure.code === "unexpected" ? 500 : errorStatus[failure.code];
      // A refused upload stops here; without this the browser would send the rest before it reads the answer.
      return Response.json(failure, {
        status,
        headers: {
          "cache-control": "no-store",
          ...(status === 503 && retryAfter),
          ...(request.body && { connection: "close" }),
        },
      });
    }
  };
}
