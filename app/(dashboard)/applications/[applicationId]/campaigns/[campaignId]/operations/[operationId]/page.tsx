import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { ApprovalNote } from "@/components/operations/approval-note";
import { ApprovalPanel } from "@/components/operations/approval-panel";
import { ChangesTable } from "@/components/operations/changes-table";
import { OlderLink } from "@/components/operations/older-link";
import { OperationFacts } from "@/components/operations/operation-facts";
import { doingText, endedText, operationText } from "@/components/operations/operation-text";
import { PlanAgain } from "@/components/operations/plan-again";
import { PlanView } from "@/components/operations/plan-view";
import { plannedText } from "@/components/operations/planned-text";
import { RunningPanel } from "@/components/operations/running-panel";
import { Banner } from "@/components/ui/banner";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { idField } from "@/lib/codes/schema";
import { formatCount, formatNumber } from "@/lib/format";
import { stillNeeded } from "@/lib/operations/approvals";
import { getOperation, listChanges, type OperationDetail } from "@/lib/operations/queries";
import { type ChangeFilter, changeFilters, isCarriedOut, isUndoable } from "@/lib/operations/rules";
import { changeListHref, readChangeList } from "@/lib/operations/search-params";
import { campaignAt } from "@/lib/page";
import { referralPaths } from "@/lib/referrals/list/search-params";
import { scheduleOf } from "@/lib/schedules/queries";
import type { SearchParams } from "@/lib/search-params";
import { getSelection } from "@/lib/selections/queries";

type Props = {
  params: Promise<{ applicationId: string; campaignId: string; operationId: string }>;
  searchParams: Promise<SearchParams>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Operation ${(await params).operationId}` };
}

export default async function OperationPage({ params, searchParams }: Props) {
  const { operationId } = await params;
  const { scope, campaign } = (await campaignAt(params, "referrals.read")) ?? notFound();
  if (!idField.safeParse(operationId).success) notFound();
  const operation = (await getOperation(scope, operationId)) ?? notFound();
  const schedule = await scheduleOf(scope, operationId);
  const chosen = operation.selectionId ? await getSelection(scope, operation.selectionId) : null;
  const { show, before, notes } = await readChangeList(searchParams);
  const { rows, hasMore } = await listChanges(scope, operationId, { show, before, size: 50 });
  const paths = referralPaths(scope.ids);
  const reading = campaign.application;
  const here = paths.operation(operationId);
  const last = rows.at(-1);
  const { approval } = operation;
  const carriedOut = isCarriedOut(approval);
  const over = campaign.hasReferrals && carriedOut && !operation.running;
  const canUndo = campaign.hasReferrals && carriedOut && isUndoable(operation);
  const canRetry = over && operation.leftForRetry;
  return (
    <>
      <PageHeader
        back={{ href: paths.operations, label: "Operations" }}
        title={titleOf(operation)}
        count={`Operation ${operation.id}`}
      />
      <PageBody>
        {notes.map((note) => (
          <Banner key={note} tone="warning">
            {note}
          </Banner>
        ))}
        {approval && <ApprovalNote approval={approval} zone={reading.timeZone} />}
        {approval?.state === "waiting" && campaign.hasReferrals && (
          <ApprovalPanel
            scope={scope.ids}
            operation={{ id: operation.id, effect: operation.effect, changed: operation.changed }}
            asker={approval.asker}
            own={approval.own}
            needed={await stillNeeded(scope, operation.changed)}
            reading={reading}
          />
        )}
        {operation.running && <RunningPanel scope={scope.ids} operationId={operation.id} />}
        {operation.cancelled && !operation.running && (
          <Banner tone="warning" title={endedText(operation)}>
            {operation.problem} {formatCount(operation.changed, "code was", "codes were")} done before it stopped; the
            rest was left alone.
          </Banner>
        )}
        <OperationFacts
          operation={operation}
          chosen={chosen}
          schedule={schedule}
          paths={paths}
          zone={reading.timeZone}
        />
        {operation.summary && (
          <div className="max-w-3xl">
            <PlanView
              plan={{ ...operation, summary: operation.summary }}
              reading={reading}
              past={carriedOut && !operation.running}
            />
          </div>
        )}
        {campaign.hasReferrals && !carriedOut && approval?.state !== "waiting" && (
          <PlanAgain
            title="Plan again"
            about="Plans the same change of the same codes, as they are now."
            button="Show the plan"
            ask={{ by: "anew", scope: scope.ids, operationId: operation.id }}
            operationsPath={paths.operations}
            reading={reading}
          />
        )}
        {canRetry && (
          <PlanAgain
            title="Try again"
            about="Plans the same change for the codes it left alone, because it was cancelled or they had changed meanwhile."
            button="Plan the rest"
            ask={{ by: "retry", scope: scope.ids, operationId: operation.id }}
            operationsPath={paths.operations}
            reading={reading}
          />
        )}
        {canUndo && (
          <PlanAgain
            title="Undo"
            about="Restores ids, values and codes. What someone changed since is left and listed. Undoing can be undone too."
            button="Show the plan"
            ask={{ by: "undo", scope: scope.ids, operationId: operation.id }}
            operationsPath={paths.operations}
            reading={reading}
          />
        )}
        <section aria-labelledby="rows" className="flex flex-col gap-2">
          <h2 id="rows" className="text-lg font-semibold">
            {operation.running || !carriedOut ? "Codes as planned" : "Codes"}
          </h2>
          <Tabs operation={operation} show={show} href={here} />
          {rows.length === 0 ? (
            <p className="text-mute">No codes here.</p>
          ) : (
            <ChangesTable
              {...{ rows, show, paths, reading }}
              effect={operation.effect}
              planned={operation.running || !carriedOut}
            />
          )}
          <OlderLink
            newest={before ? changeListHref(here, { show }) : null}
            older={hasMore && last ? changeListHref(here, { show, before: last.referralId }) : null}
          />
        </section>
      </PageBody>
    </>
  );
}

function titleOf(operation: OperationDetail): string {
  if (!isCarriedOut(operation.approval)) return plannedText(operation);
  return operation.running ? doingText(operation) : operationText(operation);
}

/** Which rows are shown; only where there is a choice. */
function Tabs({ operation, show, href }: { operation: OperationDetail; show: ChangeFilter; href: string }) {
  const kept = Math.max(0, ...(operation.summary?.kept.map((field) => field.count) ?? []));
  // What an import or a creation left out never was a code; the page of the file lists it.
  const refused = operation.kind === "import" || operation.kind === "create" ? 0 : operation.refused;
  const counts: Record<ChangeFilter, number> = { changed: operation.changed, refused, kept };
  const labels: Record<ChangeFilter, string> = { changed: "Changed", refused: "Left alone", kept: "Fields left" };
  const choices = changeFilters.filter((filter) => counts[filter] > 0 || filter === show);
  if (choices.length < 2) return null;
  return (
    <nav aria-label="Rows" className="flex gap-1">
      {choices.map((filter) => (
        <Link
          key={filter}
          href={changeListHref(href, { show: filter })}
          aria-current={filter === show ? "page" : undefined}
          className="num inline-flex min-h-7 items-center rounded-md px-2.5 text-mute hover:text-ink aria-[current]:bg-sunk aria-[current]:text-ink"
        >
          {labels[filter]} {formatNumber(counts[filter])}
        </Link>
      ))}
    </nav>
  );
}
