import { ChangesForm } from "@/components/imports/changes-form";
import { CommitForm } from "@/components/imports/commit-form";
import { UndoButton } from "@/components/operations/undo/undo-button";
import { Banner } from "@/components/ui/banner";
import { buttonClass } from "@/components/ui/button-class";
import { ButtonLink } from "@/components/ui/button-link";
import type { CampaignIds } from "@/lib/access/scope";
import type { Reading } from "@/lib/attributes/titles";
import { withBase } from "@/lib/base-path";
import { formatCount, formatNumber } from "@/lib/format";
import type { CommittedFile, ImportDetail } from "@/lib/imports/queries";
import { referralPaths } from "@/lib/referrals/list/search-params";

type Props = {
  scope: CampaignIds;
  found: ImportDetail;
  /** How many cells it has something else for than others have now. */
  conflicts: number;
  reading: Reading;
};

/** What a file that was exported to be changed does: what would change and what is in the way, or what was changed. */
export function ChangesOutcome({ scope, found, conflicts, reading }: Props) {
  const paths = referralPaths(scope);
  const { id: importId, rowCount, failedCount } = found;
  const changes = found.reading.changes ?? { rows: 0, cells: 0 };
  const failedRows = `${paths.import}/${importId}/failed-rows`;
  if (found.committed) return <Changed {...{ scope, found, failedRows, paths }} committed={found.committed} />;
  const form = { scope, importId, conflicts, reading };
  if (failedCount > 0) {
    const good = failedCount < rowCount && changes.rows > 0;
    const rows = `${formatNumber(failedCount)} of ${formatCount(rowCount, "row")}`;
    return (
      <div className="flex flex-col gap-4">
        <Banner tone="error" title={`${rows} ${failedCount === 1 ? "has" : "have"} problems; nothing was changed`}>
          {good ? "Change codes by the good rows alone, or mend the others first: " : "Mend the rows: "}
          the file of failed rows has them as they were, each with the reason in a column, and can be uploaded when it
          is mended.
          <p className="mt-2 mb-1 flex flex-wrap items-center gap-2">
            <ButtonLink href={paths.import}>Mend the file</ButtonLink>
            <a href={withBase(failedRows)} download className={buttonClass("plain")}>
              Download the failed rows
            </a>
          </p>
        </Banner>
        {good ? <ChangesForm {...form} onlyGood /> : <Discard scope={scope} importId={importId} path={paths.import} />}
      </div>
    );
  }
  if (changes.rows === 0) {
    return (
      <Banner title="This file changes nothing">
        Every cell says the same as when the file was exported. Change cells, save the file as CSV UTF-8 and upload it
        again.
        <div className="mt-2 mb-1">
          <Discard scope={scope} importId={importId} path={paths.import} />
        </div>
      </Banner>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <Banner title={`This file changes ${formatCount(changes.rows, "code")}`}>
        {formatCount(changes.cells, "cell says", "cells say")} something else than when the file was exported, in{" "}
        {formatNumber(changes.rows)} of {formatCount(rowCount, "row")}. All other cells stay as they are now. Nothing
        has been written yet.
      </Banner>
      <ChangesForm {...form} onlyGood={false} />
    </div>
  );
}

function Discard({ scope, importId, path }: { scope: CampaignIds; importId: string; path: string }) {
  return <CommitForm scope={scope} importId={importId} codes={0} onlyGood={false} importPath={path} />;
}

function Changed({
  scope,
  found: { failedCount },
  committed: { codes, left, operationId, running, undoneBy },
  failedRows,
  paths,
}: Pick<Props, "scope" | "found"> & {
  committed: CommittedFile;
  failedRows: string;
  paths: ReturnType<typeof referralPaths>;
}) {
  const title = undoneBy
    ? `This change of ${formatCount(codes, "code")} was undone`
    : running
      ? "Codes are being changed by this file"
      : `Changed ${formatCount(codes, "code")}`;
  return (
    <Banner title={title}>
      {left > 0 && <p>{formatCount(left, "code was", "codes were")} left alone; the operation says why.</p>}
      {failedCount > 0 && (
        <p>
          {formatCount(failedCount, "row that was refused was", "rows that were refused were")} left out, as you asked.
        </p>
      )}
      <div className="mt-2 mb-1 flex flex-wrap items-center gap-2">
        <ButtonLink href={paths.operation(undoneBy ?? operationId)} variant="primary">
          {undoneBy ? "Open the undo" : "Open the operation"}
        </ButtonLink>
        {failedCount > 0 && (
          <a href={withBase(failedRows)} download className={buttonClass("plain")}>
            Download the failed rows
          </a>
        )}
        {!undoneBy && !running && (
          <UndoButton scope={scope} operationId={operationId} about={`the change of ${formatCount(codes, "code")}`} />
        )}
        <ButtonLink href={paths.import}>Import a file</ButtonLink>
      </div>
    </Banner>
  );
}
