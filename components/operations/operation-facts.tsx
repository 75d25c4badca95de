import Link from "next/link";
import type { ReactNode } from "react";
import { formatInstant } from "@/lib/format";
import type { OperationDetail } from "@/lib/operations/queries";
import type { referralPaths } from "@/lib/referrals/search-params";

type Props = { operation: OperationDetail; paths: ReturnType<typeof referralPaths>; zone: string };

/** Who, when, about what, and how it hangs together with other operations. */
export function OperationFacts({ operation, paths, zone }: Props) {
  const { batchId, fileName, undoesId, undoneById } = operation;
  return (
    <dl className="grid w-fit grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
      <Fact name="By">{operation.actor}</Fact>
      <Fact name="When">
        <time dateTime={operation.applied.toISOString()} className="num">
          {formatInstant(operation.applied, zone)}
        </time>
      </Fact>
      {fileName && <Fact name="File">{fileName}</Fact>}
      {batchId && (
        <Fact name="Batch">
          <Link prefetch={false} href={paths.batch(batchId)} className="link mono">
            {batchId}
          </Link>
        </Fact>
      )}
      {undoesId && (
        <Fact name="Undoes">
          <Link prefetch={false} href={paths.operation(undoesId)} className="link">
            Operation {undoesId}
          </Link>
        </Fact>
      )}
      {undoneById && (
        <Fact name="Undone by">
          <Link prefetch={false} href={paths.operation(undoneById)} className="link">
            Operation {undoneById}
          </Link>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-mute">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
