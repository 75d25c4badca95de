import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FeatureOff } from "@/components/campaigns/feature-off";
import { ImportFacts } from "@/components/imports/import-facts";
import { ImportOutcome } from "@/components/imports/import-outcome";
import { ProblemsTable } from "@/components/imports/problems-table";
import { RunningPanel } from "@/components/operations/running-panel";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { idField } from "@/lib/codes/schema";
import { formatCount } from "@/lib/format";
import { getImport, listProblems } from "@/lib/imports/queries";
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
  const listed = found.failedCount > 0 ? await listProblems(scope, found) : null;
  const paths = referralPaths(scope.ids);
  return (
    <>
      <PageHeader
        back={{ href: paths.import, label: "Import referrals" }}
        title={found.fileName}
        count={formatCount(found.rowCount, "row")}
      />
      <PageBody>
        <ImportOutcome scope={scope.ids} found={found} campaignName={campaign.name} />
        {found.committed?.running && <RunningPanel scope={scope.ids} operationId={found.committed.operationId} />}
        <ImportFacts found={found} zone={campaign.application.timeZone} />
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
