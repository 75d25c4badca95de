import { UserPlus } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ApprovalState } from "@/components/applications/approval-state";
import { MemberList } from "@/components/members/member-list";
import { RoleTable } from "@/components/members/role-table";
import { AppShell } from "@/components/shell/app-shell";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";
import { getApproval } from "@/lib/applications/approval";
import { formatCount } from "@/lib/format";
import { mailSettings } from "@/lib/mail/settings";
import { listAdministrators, listMembers } from "@/lib/members/queries";
import { applicationAt } from "@/lib/page";

export const metadata: Metadata = { title: "Members" };

export default async function MembersPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { scope, application } = (await applicationAt(params, "members.read")) ?? notFound();
  const [members, administrators, approval] = await Promise.all([
    listMembers(scope),
    listAdministrators(scope),
    getApproval(scope),
  ]);
  return (
    <AppShell application={application} scope={scope}>
      <PageHeader
        title="Members"
        count={formatCount(members.length, "member")}
        description={`Who may do what in ${application.name}. ${administrators.join(", ")}, who ${
          administrators.length === 1 ? "administers" : "administer"
        } the server, may do everything in every application.`}
        actions={
          <ButtonLink
            href={`/applications/${application.id}/members/new`}
            variant="primary"
            icon={<UserPlus aria-hidden="true" className="size-4" />}
          >
            Invite a member
          </ButtonLink>
        }
      />
      <MemberList application={application} members={members} mails={mailSettings() !== null} now={new Date()} />
      <section aria-labelledby="approval" className="flex flex-col gap-2 px-4 pt-10 sm:px-6">
        <h2 id="approval" className="text-lg font-semibold">
          Approval by a second person
        </h2>
        <ApprovalState setting={approval} />
        <ButtonLink href={`/applications/${application.id}/members/approval`} className="w-fit">
          Change approval
        </ButtonLink>
      </section>
      <RoleTable />
    </AppShell>
  );
}
