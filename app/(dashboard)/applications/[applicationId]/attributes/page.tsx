import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AttributeTable } from "@/components/attributes/attribute-table";
import { AppShell } from "@/components/shell/app-shell";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { may } from "@/lib/access/offer";
import { listAttributes } from "@/lib/attributes/queries";
import { formatCount } from "@/lib/format";
import { applicationAt } from "@/lib/page";

export const metadata: Metadata = { title: "Attributes" };

export default async function AttributesPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { scope, application } = (await applicationAt(params, "applications.read")) ?? notFound();
  const attributes = await listAttributes(scope);
  const path = `/applications/${application.id}/attributes`;
  const add = (
    <ButtonLink
      data-needs="attributes.write"
      href={`${path}/new`}
      variant="primary"
      icon={<Plus aria-hidden="true" className="size-4" />}
    >
      New attribute
    </ButtonLink>
  );
  return (
    <AppShell application={application} scope={scope}>
      <PageHeader
        title="Attributes"
        count={formatCount(attributes.length, "attribute")}
        actions={attributes.length > 0 && add}
      />
      {attributes.length > 0 ? (
        <AttributeTable
          canEdit={may(scope, "attributes.write")}
          attributes={attributes}
          path={path}
          zone={application.timeZone}
        />
      ) : (
        <EmptyState title="No attributes yet" actions={add}>
          An attribute is a field of your own on every referral code of {application.name}, such as the channel it was
          given out on.
        </EmptyState>
      )}
    </AppShell>
  );
}
