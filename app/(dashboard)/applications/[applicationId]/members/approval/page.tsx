import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ApprovalForm } from "@/components/applications/approval-form";
import { AppShell } from "@/components/shell/app-shell";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { getApproval } from "@/lib/applications/approval";
import { applicationAt } from "@/lib/page";

export const metadata: Metadata = { title: "Approval" };

export default async function ApprovalPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { scope, application } = (await applicationAt(params, "applications.write")) ?? notFound();
  const { approvalAbove } = await getApproval(scope);
  return (
    <AppShell application={application} scope={scope}>
      <PageHeader
        title="Approval by a second person"
        back={{ href: `/applications/${application.id}/members`, label: "Members" }}
      />
      <PageBody narrow>
        <ApprovalForm applicationId={application.id} approvalAbove={approvalAbove} />
      </PageBody>
    </AppShell>
  );
}
