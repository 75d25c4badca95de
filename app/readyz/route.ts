import { readiness } from "@/lib/health/queries";
import { retryAfter } from "@/lib/retry-after";

export const dynamic = "force-dynamic";

/** Whether requests can be served: 200, or 503 with what is missing. */
export async function GET(): Promise<Response> {
  const state = await readiness();
  return new Response(`${state}\n`, {
    status: state === "ready" ? 200 : 503,
    headers: { "cache-control": "no-store", ...(state !== "ready" && retryAfter) },
  });
}
