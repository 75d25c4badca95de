import { Download, List, Plus } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { operationText } from "@/components/operations/operation-text";
import { UndoButton } from "@/components/operations/undo/undo-button";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button-link";
import { CopyButton } from "@/components/ui/copy-button";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { linkOf } from "@/lib/campaigns/links";
import type { CreationResult } from "@/lib/creations/queries";
import { formatCount, formatDateTime, formatNumber } from "@/lib/format";
import type { OperationDetail } from "@/lib/operations/queries";
import { isUndoable } from "@/lib/operations/rules";
import { referralPaths } from "@/lib/referrals/list/search-params";
import { CopyCodesButton } from "./copy-codes-button";
import { termsText } from "./terms-text";

type CreatedProps = {
  scope: { applicationId: number; campaignId: number };
  operation: OperationDetail;
  creation: CreationResult;
  zone: string;
  /** How links of codes look; empty where there are none. */
  linkPattern: string;
  /** How far it is, while it runs. */
  progress?: ReactNode;
};

/** What a creation made: the code, or the batch with everything one does with it next. Survives a reload. */
export function Created({ scope, operation, creation, zone, linkPattern, progress }: CreatedProps) {
  const paths = referralPaths(scope);
  const { batchId, code, changed, matched, running, cancelled } = operation;
  const codes = running
    ? `Creating ${formatCount(matched, "code")}`
    : `${formatCount(changed, "code")}${cancelled ? ` of ${formatNumber(matched)}` : ""} created`;
  const icon = { "aria-hidden": true, className: "size-4" } as const;
  return (
    <>
      <PageHeader
        back={{ href: paths.list(), label: "Referrals" }}
        title={batchId ? codes : "Code created"}
        description={`${formatDateTime(operation.applied, zone)} ${zone}`}
      />
      <PageBody narrow>
        {progress}
        {cancelled && !running && (
          <Banner tone="warning">
            It ended before every advocate had a code{operation.problem ? `: ${operation.problem}` : "."} The codes that
            were made are in the batch;{" "}
            <Link className="link" href={paths.operation(operation.id)}>
              operation {operation.id}
            </Link>{" "}
            can be undone.
          </Banner>
        )}
        {operation.undoneById && (
          <Banner tone="warning">
            Undone since, by{" "}
            <Link className="link" href={paths.operation(operation.undoneById)}>
              operation {operation.undoneById}
            </Link>
            . What is left of it is in the list.
          </Banner>
        )}
        <dl className="flex flex-col gap-1">
          <dt className="text-mute">{batchId ? "Batch ID" : "Code"}</dt>
          <dd>
            {batchId ? (
              <CopyButton
                value={batchId}
                label={`Batch ID ${batchId}`}
                className="mono h-auto py-1 text-2xl [&_svg]:opacity-100"
              />
            ) : (
              <CopyButton
                wrap
                value={code ?? ""}
                label={`code ${code}`}
                className="mono h-auto py-1 text-2xl [&_svg]:opacity-100"
              />
            )}
          </dd>
          {batchId && creation.codes.length > 0 && (
            <>
              <dt className="mt-2 text-mute">First codes</dt>
              <dd>
                <ul aria-label="First codes" className="flex flex-wrap gap-x-4 gap-y-1">
                  {creation.codes.map((one) => (
                    <li key={one} className="mono [overflow-wrap:anywhere]">
                      {one}
                    </li>
                  ))}
                </ul>
              </dd>
            </>
          )}
          {creation.terms && (
            <>
              <dt className="mt-2 text-mute">Terms</dt>
              <dd className="num">{termsText(creation.terms, zone)}</dd>
            </>
          )}
          {!batchId && code && linkPattern && (
            <>
              <dt className="mt-2 text-mute">Link</dt>
              <dd>
                <CopyButton value={linkOf(linkPattern, code)} label={`link of ${code}`} wrap className="h-auto py-1" />
              </dd>
            </>
          )}
        </dl>
        <div className="flex flex-wrap gap-2">
          <ButtonLink
            variant="primary"
            href={paths.list(batchId ? { batch: batchId } : { q: code ?? "" })}
            icon={<List {...icon} />}
          >
            {batchId ? "View the codes" : "View in the list"}
          </ButtonLink>
          {batchId && !running && (
            <>
              <CopyCodesButton path={paths.export({ batch: batchId, sort: "created" }, "codes")} />
              {linkPattern && (
                <CopyCodesButton what="link" path={paths.export({ batch: batchId, sort: "created" }, "links")} />
              )}
              <ButtonLink
                href={paths.export({ batch: batchId })}
                prefetch={false}
                download
                icon={<Download {...icon} />}
              >
                Download CSV
              </ButtonLink>
            </>
          )}
          <ButtonLink data-needs="referrals.create" href={paths.create} icon={<Plus {...icon} />}>
            Create more
          </ButtonLink>
          {isUndoable(operation) && (
            <UndoButton scope={scope} operationId={operation.id} about={operationText(operation)} />
          )}
        </div>
        <p className="text-mute">
          Recorded as{" "}
          <Link className="link" href={paths.operation(operation.id)}>
            operation {operation.id}
          </Link>
          , where it can be undone at any time.
        </p>
      </PageBody>
    </>
  );
}
