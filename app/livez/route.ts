export const dynamic = "force-dynamic";

/** Whether the process answers at all; touches nothing. */
export function GET(): Response {
  return new Response("ok\n", { headers: { "cache-control": "no-store" } });
}
