import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NewAttributeForm } from "@/components/attributes/new-attribute-form";
import { AppShell } from "@/components/shell/app-shell";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { applicationAt } from "@/lib/page";

export const metadata: Metadata = { title: "New attribute" };

export default async function NewAttributePage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { scope, application } = (await applicationAt(params, "attributes.write")) ?? notFound();
  return (
    <AppShell application={application} scope={scope}>
      <PageHeader
        title="New attribute"
        back={{ href: `/applications/${application.id}/attributes`, label: "Attributes" }}
      />
      <PageBody narrow>
        <NewAttributeForm application={application} />
      </PageBody>
    </AppShell>
  );
}
