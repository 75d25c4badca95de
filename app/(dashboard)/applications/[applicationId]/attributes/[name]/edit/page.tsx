import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EditAttributeForm } from "@/components/attributes/edit-attribute-form";
import { AppShell } from "@/components/shell/app-shell";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/access/actor";
import { getApplication } from "@/lib/applications/queries";
import { whyKept } from "@/lib/attributes/carriers";
import { listAttributes } from "@/lib/attributes/queries";
import { countOrNull } from "@/lib/count-or-null";

export const metadata: Metadata = { title: "Edit attribute" };

type Props = { params: Promise<{ applicationId: string; name: string }> };

export default async function EditAttributePage({ params }: Props) {
  const { applicationId, name } = await params;
  const actor = await currentActor();
  const application = (await getApplication(actor, applicationId)) ?? notFound();
  const attributes = await listAttributes(actor, application.id);
  const attribute = attributes.find((candidate) => candidate.name === name) ?? notFound();
  return (
    <AppShell application={application}>
      <PageHeader
        title={attribute.title || attribute.name}
        back={{ href: `/applications/${application.id}/attributes`, label: "Attributes" }}
      />
      <PageBody narrow>
        <EditAttributeForm
          application={application}
          attribute={attribute}
          kept={countOrNull(whyKept(actor, { applicationId: application.id, name }))}
        />
      </PageBody>
    </AppShell>
  );
}
