import type { Metadata } from "next";
import { AuditView } from "@/components/audit/audit-view";
import { PageHeader } from "@/components/ui/page-header";
import { readServerAudit } from "@/lib/audit/queries";
import { readAuditList } from "@/lib/audit/search-params";
import { everywhere } from "@/lib/page";
import type { SearchParams } from "@/lib/search-params";

export const metadata: Metadata = { title: "Audit of the server" };

/** Whoever administers the server is on no application's clocks. */
const zone = "UTC";

export default async function ServerAuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const scope = await everywhere("audit.read");
  const list = readAuditList(await searchParams);
  const page = await readServerAudit(scope, list, zone, 50);
  return (
    <main className="flex min-w-0 flex-col py-4">
      <PageHeader
        title="Audit of the server"
        back={{ href: "/applications", label: "Applications" }}
        description="Sign-ins, accounts, settings, keys and members of all applications, and who was refused what. What was done to codes stands in the audit of each application. Times in UTC."
      />
      <AuditView {...{ list, page, zone }} path="/audit" />
    </main>
  );
}
