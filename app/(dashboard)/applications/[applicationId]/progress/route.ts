import { idField } from "@/lib/codes/schema";
import { applicationEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { listProgress } from "@/lib/operations/queries";

/** How far the background operations of an application are, or the one named by `operation`. */
export const GET = applicationEndpoint("referrals.read", async ({ scope }, request) => {
  const only = new URL(request.url).searchParams.get("operation");
  if (only !== null && !idField.safeParse(only).success)
    throw new DomainError("invalid", { reason: "operation_misnamed" });
  const operations = await listProgress(scope, only === null ? undefined : { operationId: only });
  return Response.json({ operations }, { headers: { "cache-control": "no-store" } });
});
