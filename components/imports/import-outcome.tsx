import { ChangesOutcome } from "@/components/imports/changes-outcome";
import { CommitForm } from "@/components/imports/commit-form";
import { outcomeId } from "@/components/imports/outcome-id";
import { UndoButton } from "@/components/operations/undo/undo-button";
import { Banner } from "@/components/ui/banner";
import { buttonClass } from "@/components/ui/button-class";
import { ButtonLink } from "@/components/ui/button-link";
import { CopyButton } from "@/components/ui/copy-button";
import type { CampaignIds } from "@/lib/access/scope";
import type { Reading } from "@/lib/attributes/titles";
import { withBase } from "@/lib/base-path";
import { formatCount, formatNumber } from "@/lib/format";
import type { CommittedFile, ImportDetail } from "@/lib/imports/queries";
import { openQuestion } from "@/lib/imports/rules";
import { inlineLimit } from "@/lib/operations/rules";
import { referralPaths } from "@/lib/referrals/list/search-params";

type Props = {
  scope: CampaignIds;
  found: ImportDetail;
  campaignName: string;
  /** Of a file that changes codes: how many cells others changed too. */
  conflicts: number;
  reading: Reading;
};

/** Where a file stands and what can be done about it: import it, mend it, or go to what it became. */
export function ImportOutcome(props: Props) {
  return (
    <div id={outcomeId} tabIndex={-1} className="rounded-md">
      <Outcome {...props} />
    </div>
  );
}

function Outcome({ scope, found, campaignName, conflicts, reading }: Props) {
  const paths = referralPaths(scope);
  const importId = found.id;
  const question = openQuestion(found);
  if (found.reading.changes && !found.lost && !question)
    return <ChangesOutcome {...{ scope, found, conflicts, reading }} />;
  if (found.committed) return <Committed scope={scope} found={found} committed={found.committed} paths={paths} />;
  if (found.lost) {
    return (
      <Banner tone="warning" title="Upload the file again">
        The database was restarted after a crash, and the rows of this file were lost before they were imported. Nothing
        was written.
        <Actions>
          <ButtonLink href={paths.import} variant="primary">
            Upload it again
          </ButtonLink>
        </Actions>
      </Banner>
    );
  }
  if (question) return <Question {...{ scope, found, question }} importPath={paths.import} />;
  if (found.failedCount > 0) {
    const good = found.rowCount - found.failedCount;
    const rows = `${formatNumber(found.failedCount)} of ${formatCount(found.rowCount, "row")}`;
    return (
      <Banner tone="error" title={`${rows} ${found.failedCount === 1 ? "has" : "have"} problems; nothing was written`}>
        {found.reading.dates.either > 0 && `${eitherDate(found)}; say below which comes first. `}
        {good > 0 ? "Import the good rows alone, or mend the others first: " : "Mend the rows: "}
        the file of failed rows has them as they were, each with the reason in a column, and can be uploaded when it is
        mended. {inBackground(good)}{" "}
        {found.causes.some(({ cause }) => cause === "taken") &&
          "Codes that exist already are changed by a file that was exported “to change and upload again”."}
        <Actions>
          <CommitForm {...{ scope, importId }} codes={good} onlyGood importPath={paths.import}>
            <ButtonLink href={paths.import} variant={good > 0 ? "plain" : "primary"}>
              Mend the file
            </ButtonLink>
            <a href={withBase(`${paths.import}/${importId}/failed-rows`)} download className={buttonClass("plain")}>
              Download the failed rows
            </a>
          </CommitForm>
        </Actions>
      </Banner>
    );
  }
  return (
    <Banner title={`${formatCount(found.rowCount, "code")} can be imported into “${campaignName}”`}>
      Every row is in order, and nothing has been written yet. The codes get one Batch ID, and the import can be undone.{" "}
      {inBackground(found.rowCount)}
      <Actions>
        <CommitForm {...{ scope, importId }} codes={found.rowCount} onlyGood={false} importPath={paths.import} />
      </Actions>
    </Banner>
  );
}

/** That a date of the file can be two days. */
function eitherDate({ reading: { dates } }: ImportDetail): string {
  return `${dates.example?.text} can be ${dates.example?.day} or ${dates.example?.month}`;
}

/** What has to be said of a file before it can be imported. */
function Question({
  scope,
  found,
  question,
  importPath,
}: {
  scope: CampaignIds;
  found: ImportDetail;
  question: "columns" | "dates";
  importPath: string;
}) {
  return (
    <Banner
      tone="warning"
      title={question === "columns" ? "Say what the columns hold" : "Say whether the day or the month comes first"}
    >
      {question === "columns"
        ? `${found.reading.changes ? "Every row needs its code and its upload key" : "Every code needs a code and its advocate’s Integration ID"}, and the names of the columns do not say where both are. Choose below and read the file again. Nothing was written.`
        : `${eitherDate(found)}, and no other date of the file decides. Choose below and read the file again. Nothing was written.`}
      <Actions>
        <CommitForm scope={scope} importId={found.id} codes={0} onlyGood={false} importPath={importPath} />
      </Actions>
    </Banner>
  );
}

/** What is said of so many that they are imported a part at a time. */
function inBackground(codes: number): string | false {
  return (
    codes > inlineLimit &&
    "So many are imported in the background: you see how far it is, and can leave this page or cancel."
  );
}

function Committed({
  scope,
  found: { failedCount, rowCount, id },
  committed: { codes, leftOut, batchId, operationId, running, left, problem, undoneBy },
  paths,
}: {
  scope: CampaignIds;
  found: ImportDetail;
  committed: CommittedFile;
  paths: ReturnType<typeof referralPaths>;
}) {
  if (undoneBy) {
    return (
      <Banner title={`This import of ${formatCount(codes, "code")} was undone`}>
        <Actions>
          <ButtonLink href={paths.operation(undoneBy)}>Open the undo</ButtonLink>
          <ButtonLink href={paths.import}>Import a file</ButtonLink>
        </Actions>
      </Banner>
    );
  }
  const batch = (
    <>
      Batch ID <CopyButton value={batchId} label={`Batch ID ${batchId}`} className="ml-0.5" />
    </>
  );
  const wanted = rowCount - leftOut;
  if (running) {
    return <Banner title={`${formatCount(wanted, "row")} of this file are being imported`}>{batch}</Banner>;
  }
  const taken = failedCount - leftOut;
  const whole = taken === 0 && left === 0;
  const made = codes > 0;
  const rest = made
    ? `Undo the part that is there, or upload ${problem ? "a file of the rest" : "the rest, which can be downloaded here"}.`
    : `Upload ${problem ? "the file again" : "the rest, which can be downloaded here"}.`;
  return (
    <Banner
      tone={whole ? undefined : "warning"}
      title={
        made
          ? `Imported ${formatCount(codes, "code")}${whole ? "" : ` of ${formatNumber(wanted)}`}`
          : "No code was imported"
      }
    >
      {left > 0 && (
        <p>
          {problem ?? "It was cancelled."} {formatCount(left, "row was", "rows were")} not imported. {rest}
        </p>
      )}
      {leftOut > 0 && (
        <p>
          {formatCount(leftOut, "row that was refused was", "rows that were refused were")} left out, as you asked; the
          file of failed rows has them, each with the reason.
        </p>
      )}
      {taken > 0 && (
        <p>
          {formatCount(taken, "code was", "codes were")} taken by somebody after the file was checked, and left out;
          they are below.
        </p>
      )}
      {made && batch}
      <Actions>
        {made && (
          <>
            <ButtonLink href={paths.list({ batch: batchId })} variant="primary">
              Show the codes
            </ButtonLink>
            <a href={withBase(paths.export({ batch: batchId }))} download className={buttonClass("plain")}>
              Download as CSV
            </a>
          </>
        )}
        {failedCount > 0 && (
          <a href={withBase(`${paths.import}/${id}/failed-rows`)} download className={buttonClass("plain")}>
            Download the failed rows
          </a>
        )}
        {left > 0 && !problem && (
          <a href={withBase(`${paths.import}/${id}/rest`)} download className={buttonClass("plain")}>
            Download the rest
          </a>
        )}
        {made && (
          <UndoButton scope={scope} operationId={operationId} about={`the import of ${formatCount(codes, "code")}`} />
        )}
        <ButtonLink href={paths.operation(operationId)}>Open the operation</ButtonLink>
      </Actions>
    </Banner>
  );
}

function Actions({ children }: { children: React.ReactNode }) {
  return <div className="mt-2 mb-1 flex flex-wrap items-center gap-2">{children}</div>;
}
