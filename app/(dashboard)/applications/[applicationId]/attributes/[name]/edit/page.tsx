import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EditAttributeForm } from "@/components/attributes/edit-attribute-form";
import { AppShell } from "@/components/shell/app-shell";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { whyKept } from "@/lib/attributes/carriers";
import { listAttributes } from "@/lib/attributes/queries";
import { attributeSentences } from "@/lib/attributes/reasons";
import { countOrNull } from "@/lib/count-or-null";
import { applicationAt } from "@/lib/page";
import { sayAny } from "@/lib/say";

export const metadata: Metadata = { title: "Edit attribute" };

type Props = { params: Promise<{ applicationId: string; name: string }> };

export default async function EditAttributePage({ params }: Props) {
  const { name } = await params;
  const { scope, application } = (await applicationAt(params, "attributes.write")) ?? notFound();
  const attributes = await listAttributes(scope);
  const attribute = attributes.find((candidate) => candidate.name === name) ?? notFound();
  const kept = countOrNull(whyKept(scope, name).then((why) => sayAny(attributeSentences, why)));
  return (
    <AppShell application={application} scope={scope}>
      <PageHeader
        title={attribute.title || attribute.name}
        back={{ href: `/applications/${application.id}/attributes`, label: "Attributes" }}
      />
      <PageBody narrow>
        <EditAttributeForm application={application} attribute={attribute} kept={kept} />
      </PageBody>
    </AppShell>
  );
}
