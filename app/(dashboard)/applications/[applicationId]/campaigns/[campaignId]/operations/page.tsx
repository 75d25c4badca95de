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
import { listApprovals } from "@/lib/operations/approvals";
import { listActors, readLog } from "@/lib/operations/log";
import { isFiltered, type OperationList, operationListHref, readOperationList } from "@/lib/operations/search-params";
import { campaignAt } from "@/lib/page";
import { referralPaths } from "@/lib/referrals/list/search-params";
import { listSchedules } from "@/lib/schedules/queries";
import type { SearchParams } from "@/lib/search-params";

export const metadata: Metadata = { title: "Operations" };

type Props = { params: Promise<{ applicationId: string; campaignId: string }>; searchParams: Promise<SearchParams> };

export default async function OperationsPage({ params, searchParams }: Props) {
  const { scope, campaign } = (await campaignAt(params, "referrals.read")) ?? notFound();
  const { notes, ...list } = readOperationList(await searchParams);
  const { entries, next } = await readLog(scope, list, campaign.application, 50);
  const now = new Date();
  const whole = !list.before && !isFiltered(list);
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
      {(entries.length > 0 || isFiltered(list)) && (
        <LogFilters path={path} filter={list} actors={await listActors(scope)} zone={zone} />
      )}
      {entries.length === 0 ? (
        <Nothing list={list} path={path} />
      ) : (
        <OperationsTable
          scope={scope.ids}
          entries={entries}
          filter={list}
          paths={paths}
          zone={zone}
          canUndo={campaign.hasReferrals}
        />
      )}
      <OlderLink
        newest={list.before ? operationListHref(path, { ...list, before: null }) : null}
        older={next ? operationListHref(path, { ...list, before: next }) : null}
      />
    </>
  );
}

function Nothing({ list, path }: { list: OperationList; path: string }) {
  const icon = <History aria-hidden="true" />;
  if (list.before) {
    return (
      <EmptyState icon={icon} title="Nothing older">
        The newest operations are on the first page.
      </EmptyState>
    );
  }
  if (isFiltered(list)) {
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
