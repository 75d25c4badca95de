import { Download, List, Plus } from "lucide-react";
import Link from "next/link";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button-link";
import { CopyButton } from "@/components/ui/copy-button";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { formatCount, formatDateTime } from "@/lib/format";
import type { OperationDetail } from "@/lib/operations/queries";
import { referralPaths } from "@/lib/referrals/search-params";
import { CopyCodesButton } from "./copy-codes-button";

type CreatedProps = {
  scope: { applicationId: number; campaignId: number };
  operation: OperationDetail;
  zone: string;
};

/** What a creation made: the code, or the batch with everything one does with it next. Survives a reload. */
export function Created({ scope, operation, zone }: CreatedProps) {
  const paths = referralPaths(scope);
  const { batchId, code, changed } = operation;
  const icon = { "aria-hidden": true, className: "size-4" } as const;
  return (
    <>
      <PageHeader
        back={{ href: paths.list(), label: "Referrals" }}
        title={batchId ? `${formatCount(changed, "code")} created` : "Code created"}
        description={`${formatDateTime(operation.applied, zone)} ${zone}`}
      />
      <PageBody narrow>
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
                value={code ?? ""}
                label={`code ${code}`}
                className="mono h-auto py-1 text-2xl [&_svg]:opacity-100"
              />
            )}
          </dd>
        </dl>
        <div className="flex flex-wrap gap-2">
          <ButtonLink
            variant="primary"
            href={paths.list(batchId ? { batch: batchId } : { q: code ?? "" })}
            icon={<List {...icon} />}
          >
            {batchId ? "View the codes" : "View in the list"}
          </ButtonLink>
          {batchId && (
            <>
              <CopyCodesButton path={`${paths.create}/codes?batch=${batchId}`} />
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
          <ButtonLink href={paths.create} icon={<Plus {...icon} />}>
            Create more
          </ButtonLink>
        </div>
        <p className="text-mute">
          Recorded as{" "}
          <Link className="link" href={paths.operation(operation.id)}>
            operation {operation.id}
          </Link>
          , where it can be undone.
        </p>
      </PageBody>
    </>
  );
}
