import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { InviteForm } from "@/components/members/invite-form";
import { AppShell } from "@/components/shell/app-shell";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { mailSettings } from "@/lib/mail/settings";
import { applicationAt } from "@/lib/page";

export const metadata: Metadata = { title: "Invite a member" };

export default async function InvitePage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { scope, application } = (await applicationAt(params, "members.write")) ?? notFound();
  return (
    <AppShell application={application} scope={scope}>
      <PageHeader
        title="Invite a member"
        back={{ href: `/applications/${application.id}/members`, label: "Members" }}
      />
      <PageBody narrow>
        <InviteForm application={application} mails={mailSettings() !== null} />
      </PageBody>
    </AppShell>
  );
}
