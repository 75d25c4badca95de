import { idField } from "@/lib/codes/schema";
import { applicationEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { listToDecide } from "@/lib/operations/approvals";
import { listProgress } from "@/lib/operations/queries";

/** How far the background operations of an application are, and what waits for whoever asks to decide; or the one operation named by `operation`. */
export const GET = applicationEndpoint("referrals.read", async ({ scope }, request) => {
  const only = new URL(request.url).searchParams.get("operation");
  if (only !== null && !idField.safeParse(only).success)
    throw new DomainError("invalid", { reason: "operation_misnamed" });
  const operations = await listProgress(scope, only === null ? undefined : { operationId: only });
  const toDecide = only === null ? await listToDecide(scope) : [];
  return Response.json({ operations, toDecide });
});
