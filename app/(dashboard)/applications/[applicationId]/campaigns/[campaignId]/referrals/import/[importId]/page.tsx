import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FeatureOff } from "@/components/campaigns/feature-off";
import { ConflictsTable } from "@/components/imports/conflicts-table";
import { ImportFacts } from "@/components/imports/import-facts";
import { ImportOutcome } from "@/components/imports/import-outcome";
import { ProblemsTable } from "@/components/imports/problems-table";
import { ReadingPanel } from "@/components/imports/reading-panel";
import { RunningPanel } from "@/components/operations/running-panel";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { idField } from "@/lib/codes/schema";
import { formatCount } from "@/lib/format";
import { listConflicts } from "@/lib/imports/changes";
import { getImport, listProblems, listSamples } from "@/lib/imports/queries";
import { openQuestion } from "@/lib/imports/rules";
import { campaignAt } from "@/lib/page";
import { referralPaths } from "@/lib/referrals/list/search-params";

export const metadata: Metadata = { title: "Import" };

type Props = { params: Promise<{ applicationId: string; campaignId: string; importId: string }> };

export default async function CheckedImportPage({ params }: Props) {
  const { importId } = await params;
  const { scope, campaign } = (await campaignAt(params, "referrals.import")) ?? notFound();
  if (!campaign.hasReferrals) return <FeatureOff campaign={campaign} title="Import referrals" />;
  if (!idField.safeParse(importId).success) notFound();
  const found = (await getImport(scope, importId)) ?? notFound();
  const unread = openQuestion(found) === "columns";
  const listed = found.failedCount > 0 && !unread ? await listProblems(scope, found) : null;
  const samples = found.committed || found.lost ? null : await listSamples(scope, found);
  const conflicts = await listConflicts(scope, found);
  const { timeZone, attributes } = campaign.application;
  const reading = { timeZone, attributes };
  const paths = referralPaths(scope.ids);
  return (
    <>
      <PageHeader
        back={{ href: paths.import, label: "Import referrals" }}
        title={found.fileName}
        count={formatCount(found.rowCount, "row")}
      />
      <PageBody>
        <ImportOutcome
          scope={scope.ids}
          found={found}
          campaignName={campaign.name}
          conflicts={conflicts.cells}
          reading={reading}
        />
        {conflicts.cells > 0 && <ConflictsTable found={conflicts} paths={paths} reading={reading} />}
        {found.committed?.running && <RunningPanel scope={scope.ids} operationId={found.committed.operationId} />}
        {samples && (
          <ReadingPanel {...{ found, samples }} scope={scope.ids} attributes={attributes} importPath={paths.import} />
        )}
        <ImportFacts found={found} zone={timeZone} />
        {listed && (
          <ProblemsTable
            problems={listed.problems}
            failedCount={found.failedCount}
            shownRows={listed.rows}
            failedRowsPath={`${paths.import}/${found.id}/failed-rows`}
          />
        )}
      </PageBody>
    </>
  );
}
