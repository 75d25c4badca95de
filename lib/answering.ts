import { errorStatus } from "@/lib/errors";
import { failureOf } from "@/lib/failure";
import { retryAfter, retryAfterOf } from "@/lib/retry-after";
import { assertSameOrigin } from "@/lib/same-origin";

/** Whether whoever asked is gone, also in the middle of a body: nothing went wrong, and nobody reads an answer. */
function isGone({ signal }: Request, error: unknown): boolean {
  const broken = error instanceof Error && "code" in error && error.code === "ECONNRESET";
  return broken || (signal.aborted && error === signal.reason);
}

/** A route handler as Next calls it. */
export type Handler<Params> = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

/** What somebody may see alone is kept by nobody on the way, nor by their browser. */
const unkept = "private, no-store";

/**
 * Makes a route handler that answers every refusal as JSON `{ ok: false, code, message, fields? }` with its status. Requests that
 * change something must come from our own pages. No answer is kept.
 */
export function answering<Params>(run: (request: Request, params: Params) => Promise<Response>): Handler<Params> {
  return async (request, { params }) => {
    try {
      if (request.method !== "GET" && request.method !== "HEAD") assertSameOrigin(request.headers);
      const response = await run(request, await params);
      response.headers.set("cache-control", unkept);
      return response;
    } catch (error) {
      if (isGone(request, error)) return new Response(null, { status: 499 });
      const failure = failureOf(error);
      const status = failure.code === "unexpected" ? 500 : errorStatus[failure.code];
      const body = JSON.stringify(failure);
      // A refused upload stops here; without `close` the browser would send the rest before it reads the answer, and by its length it
      // knows all of the answer before the connection ends.
      return new Response(body, {
        status,
        headers: {
          "content-type": "application/json",
          "content-length": String(Buffer.byteLength(body)),
          "cache-control": unkept,
          ...(failure.code === "unavailable" ? retryAfter : retryAfterOf(error)),
          ...(request.body && { connection: "close" }),
        },
      });
    }
  };
}
