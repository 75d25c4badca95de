import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { KeyList } from "@/components/keys/key-list";
import { AppShell } from "@/components/shell/app-shell";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listCampaigns } from "@/lib/campaigns/queries";
import { formatCount } from "@/lib/format";
import { listedMost, listKeys } from "@/lib/keys/queries";
import { isUsable } from "@/lib/keys/rules";
import { tryCampaign } from "@/lib/keys/try-line";
import { applicationAt } from "@/lib/page";

export const metadata: Metadata = { title: "API keys" };

export default async function KeysPage({ params }: { params: Promise<{ applicationId: string }> }) {
  const { scope, application } = (await applicationAt(params, "keys.read")) ?? notFound();
  const keys = await listKeys(scope);
  const campaigns = await listCampaigns(scope, application);
  const now = new Date();
  const add = (
    <ButtonLink
      href={`/applications/${application.id}/keys/new`}
      variant="primary"
      icon={<Plus aria-hidden="true" className="size-4" />}
    >
      New key
    </ButtonLink>
  );
  return (
    <AppShell application={application} scope={scope}>
      <PageHeader
        title="API keys"
        count={formatCount(keys.filter((key) => isUsable(key, now)).length, "key")}
        description={
          keys.length > 0 &&
          `Each lets a program reach ${application.name}, and no other application, over the HTTP API.`
        }
        actions={
          <>
            <ButtonLink href="/docs">Documentation</ButtonLink>
            {keys.length > 0 && add}
          </>
        }
      />
      {keys.length > 0 ? (
        <KeyList application={application} keys={keys} now={now} campaign={tryCampaign(campaigns)} />
      ) : (
        <EmptyState title="No API keys yet" actions={add}>
          Programs reach {application.name} over the HTTP API, and each sends a key: an integration key in the shop,
          which makes and redeems codes, or a management key in a back office, which manages them.
        </EmptyState>
      )}
      {keys.length === listedMost && (
        <p className="px-4 py-3 text-mute sm:px-6">Keys that were revoked before these are not listed.</p>
      )}
    </AppShell>
  );
}
