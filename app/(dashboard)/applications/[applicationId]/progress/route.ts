import { getApplication } from "@/lib/applications/queries";
import { defineEndpoint } from "@/lib/endpoint";
import { DomainError } from "@/lib/errors";
import { listProgress } from "@/lib/operations/queries";
import { idField } from "@/lib/referrals/schema";

type Context = { params: Promise<{ applicationId: string }> };

/** How far the background operations of an application are, or the one named by `operation`. */
export const GET = defineEndpoint<Context>(async (actor, request, { params }) => {
  const { applicationId } = await params;
  const application = await getApplication(actor, applicationId);
  if (!application) throw new DomainError("not_found", "There is no such application.");
  const only = new URL(request.url).searchParams.get("operation");
  if (only !== null && !idField.safeParse(only).success)
    throw new DomainError("invalid", "The operation is named by its number.");
  const operations = await listProgress(actor, application.id, only === null ? undefined : { operationId: only });
  return Response.json({ operations }, { headers: { "cache-control": "no-store" } });
});
