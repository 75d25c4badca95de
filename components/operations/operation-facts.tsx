import Link from "next/link";
import { Fact, Facts } from "@/components/ui/facts";
import { formatInstant } from "@/lib/format";
import type { OperationDetail } from "@/lib/operations/queries";
import type { referralPaths } from "@/lib/referrals/search-params";

type Props = { operation: OperationDetail; paths: ReturnType<typeof referralPaths>; zone: string };

/** Who, when, about what, and how it hangs together with other operations. */
export function OperationFacts({ operation, paths, zone }: Props) {
  const { batchId, fileName, undoesId, undoneById } = operation;
  return (
    <Facts className="w-fit">
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
    </Facts>
  );
}
