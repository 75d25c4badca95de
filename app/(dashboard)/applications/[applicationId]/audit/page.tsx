import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AuditView } from "@/components/audit/audit-view";
import { AppShell } from "@/components/shell/app-shell";
import { PageHeader } from "@/components/ui/page-header";
import { readAudit } from "@/lib/audit/queries";
import { readAuditList } from "@/lib/audit/search-params";
import { applicationAt } from "@/lib/page";
import type { SearchParams } from "@/lib/search-params";

export const metadata: Metadata = { title: "Audit" };

type Props = { params: Promise<{ applicationId: string }>; searchParams: Promise<SearchParams> };

export default async function AuditPage({ params, searchParams }: Props) {
  const { scope, application } = (await applicationAt(params, "audit.read")) ?? notFound();
  const list = readAuditList(await searchParams);
  const page = await readAudit(scope, list, application.timeZone, 50);
  return (
    <AppShell application={application} scope={scope}>
      <PageHeader
        title="Audit"
        description={`Everything that was done in ${application.name}, by whom, as what and from where. Nothing of it can be changed.`}
      />
      <AuditView
        {...{ list, page }}
        path={`/applications/${application.id}/audit`}
        zone={application.timeZone}
        applicationId={application.id}
      />
    </AppShell>
  );
}
