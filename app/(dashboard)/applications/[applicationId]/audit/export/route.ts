import { auditCsv } from "@/lib/audit/export";
import { readAuditList } from "@/lib/audit/search-params";
import { applicationEndpoint } from "@/lib/endpoint";
import { fileResponse } from "@/lib/referrals/file-response";

const fileName = (applicationId: number) => `audit-of-application-${applicationId}.csv`;

/** Downloads the audit under the same filters as its page, newest first, as CSV. */
export const GET = applicationEndpoint("audit.read", async ({ scope, application }, request) => {
  const list = readAuditList(Object.fromEntries(new URL(request.url).searchParams));
  return fileResponse(
    auditCsv(scope, { ...list, before: null }, application.timeZone, request.signal),
    fileName(application.id),
  );
});

/** The same without the file. */
export const HEAD = applicationEndpoint("audit.read", async ({ application }) =>
  fileResponse("", fileName(application.id)),
);
