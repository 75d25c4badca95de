import { History } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { OlderLink } from "@/components/operations/older-link";
import { OperationsTable } from "@/components/operations/operations-table";
import { Banner } from "@/components/ui/banner";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listOperations } from "@/lib/operations/queries";
import { operationListHref, readOperationList } from "@/lib/operations/search-params";
import { campaignAt } from "@/lib/page";
import { referralPaths } from "@/lib/referrals/list/search-params";
import type { SearchParams } from "@/lib/search-params";

export const metadata: Metadata = { title: "Operations" };

type Props = { params: Promise<{ applicationId: string; campaignId: string }>; searchParams: Promise<SearchParams> };

export default async function OperationsPage({ params, searchParams }: Props) {
  const { scope, campaign } = (await campaignAt(params, "referrals.read")) ?? notFound();
  const { before, notes } = await readOperationList(searchParams);
  const { rows, hasMore } = await listOperations(scope, { before, size: 50 });
  const paths = referralPaths(scope.ids);
  const last = rows.at(-1);
  return (
    <>
      <PageHeader title="Operations" description="Every change to the codes of this campaign. Each can be undone." />
      {notes.map((note) => (
        <Banner key={note} tone="warning">
          {note}
        </Banner>
      ))}
      {rows.length === 0 ? (
        <EmptyState icon={<History aria-hidden="true" />} title={before ? "Nothing older" : "Nothing has happened yet"}>
          Creating, importing, editing and deleting codes is recorded here, with who, when and what, and can be undone.
        </EmptyState>
      ) : (
        <OperationsTable
          scope={scope.ids}
          operations={rows}
          paths={paths}
          zone={campaign.application.timeZone}
          canUndo={campaign.hasReferrals}
        />
      )}
      <OlderLink
        newest={before ? paths.operations : null}
        older={hasMore && last ? operationListHref(paths.operations, { before: last.id }) : null}
      />
    </>
  );
}
