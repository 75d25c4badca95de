import { History } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ApprovalsTable } from "@/components/operations/approvals-table";
import { LogFilters } from "@/components/operations/log-filters";
import { OlderLink } from "@/components/operations/older-link";
import { OperationsTable } from "@/components/operations/operations-table";
import { ScheduleTable } from "@/components/schedules/schedule-table";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { isFiltered } from "@/lib/filters";
import { listApprovals } from "@/lib/operations/approvals";
import { listActors, readLog } from "@/lib/operations/log";
import { operationListHref, readOperationList } from "@/lib/operations/search-params";
import { campaignAt } from "@/lib/page";
import { referralPaths } from "@/lib/referrals/list/search-params";
import { listSchedules } from "@/lib/schedules/queries";
import type { SearchParams } from "@/lib/search-params";

export const metadata: Metadata = { title: "Operations" };

type Props = { params: Promise<{ applicationId: string; campaignId: string }>; searchParams: Promise<SearchParams> };

export default async function OperationsPage({ params, searchParams }: Props) {
  const { scope, campaign } = (await campaignAt(params, "referrals.read")) ?? notFound();
  const { notes, before, ...filter } = readOperationList(await searchParams);
  const { entries, next } = await readLog(scope, { ...filter, before }, campaign.application, 50);
  const now = new Date();
  const whole = !before && !isFiltered(filter);
  const approvals = whole ? await listApprovals(scope, now) : [];
  const schedules = whole ? await listSchedules(scope, now) : [];
  const paths = referralPaths(scope.ids);
  const path = paths.operations;
  const zone = campaign.application.timeZone;
  return (
    <>
      <PageHeader title="Operations" description="Every change to the codes of this campaign. Each can be undone." />
      {notes.map((note) => (
        <Banner key={note} tone="warning">
          {note}
        </Banner>
      ))}
      {approvals.length > 0 && (
        <section aria-labelledby="approvals" className="pb-8">
          <h2 id="approvals" className="px-4 pb-2 text-lg font-semibold sm:px-6">
            Approval
          </h2>
          <ApprovalsTable approvals={approvals} paths={paths} zone={zone} now={now} />
        </section>
      )}
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
      {(entries.length > 0 || isFiltered(filter)) && (
        <div className="px-4 pb-3 sm:px-6">
          <LogFilters {...{ path, filter, zone }} actors={await listActors(scope)} />
        </div>
      )}
      {entries.length === 0 ? (
        <Nothing {...{ before, path }} filtered={isFiltered(filter)} />
      ) : (
        <OperationsTable
          scope={scope.ids}
          entries={entries}
          filter={filter}
          paths={paths}
          zone={zone}
          canUndo={campaign.hasReferrals}
        />
      )}
      <OlderLink
        newest={before ? operationListHref(path, filter) : null}
        older={next ? operationListHref(path, { ...filter, before: next }) : null}
      />
    </>
  );
}

function Nothing({ before, filtered, path }: { before: string | null; filtered: boolean; path: string }) {
  const icon = <History aria-hidden="true" />;
  if (before) {
    return (
      <EmptyState icon={icon} title="Nothing older">
        The newest operations are on the first page.
      </EmptyState>
    );
  }
  if (filtered) {
    return (
      <EmptyState
        icon={icon}
        title="No operation is like that"
        actions={<ButtonLink href={path}>Show all operations</ButtonLink>}
      >
        Remove a filter above, or look at a longer time. A code is found by the whole of it, a batch by its ID, a person
        by a part of the name.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={icon} title="Nothing has happened yet">
      Creating, importing, editing and deleting codes is recorded here, with who, when and what, and can be undone.
    </EmptyState>
  );
}
