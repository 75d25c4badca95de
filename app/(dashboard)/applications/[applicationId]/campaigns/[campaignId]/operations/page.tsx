import { History } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { OlderLink } from "@/components/operations/older-link";
import { OperationsTable } from "@/components/operations/operations-table";
import { ScheduleTable } from "@/components/schedules/schedule-table";
import { Banner } from "@/components/ui/banner";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listOperations } from "@/lib/operations/queries";
import { operationListHref, readOperationList } from "@/lib/operations/search-params";
import { campaignAt } from "@/lib/page";
import { referralPaths } from "@/lib/referrals/list/search-params";
import { listSchedules } from "@/lib/schedules/queries";
import type { SearchParams } from "@/lib/search-params";

export const metadata: Metadata = { title: "Operations" };

type Props = { params: Promise<{ applicationId: string; campaignId: string }>; searchParams: Promise<SearchParams> };

export default async function OperationsPage({ params, searchParams }: Props) {
  const { scope, campaign } = (await campaignAt(params, "referrals.read")) ?? notFound();
  const { before, notes } = await readOperationList(searchParams);
  const { rows, hasMore } = await listOperations(scope, { before, size: 50 });
  const now = new Date();
  const schedules = before ? [] : await listSchedules(scope, now);
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
      {schedules.length > 0 && (
        <section aria-labelledby="scheduled" className="pb-8">
          <h2 id="scheduled" className="px-4 pb-2 text-lg font-semibold sm:px-6">
            Scheduled
          </h2>
          <ScheduleTable
            scope={scope.ids}
            schedules={schedules}
            paths={paths}
            reading={campaign.application}
            now={now}
            canChange={campaign.hasReferrals}
          />
        </section>
      )}
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
