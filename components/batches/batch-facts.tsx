import Link from "next/link";
import { Distance } from "@/components/ui/distance";
import { Fact, Facts } from "@/components/ui/facts";
import type { Batch } from "@/lib/batches/queries";
import { formatCount, formatInstant } from "@/lib/format";
import type { referralPaths } from "@/lib/referrals/list/search-params";

type Props = { batch: Batch; paths: ReturnType<typeof referralPaths>; zone: string };

/** Who made a batch, how and when, and what is left of it. */
export function BatchFacts({ batch, paths, zone }: Props) {
  const { operation, referralCount } = batch;
  return (
    <Facts>
      <Fact name="Made by">
        <Link prefetch={false} href={paths.operation(operation.id)} className="link">
          {operation.kind === "import" ? "Import" : "Creation"} of {formatCount(operation.made, "code")}
        </Link>
        {`, by ${operation.actor}`}
      </Fact>
      {operation.fileName && <Fact name="File">{operation.fileName}</Fact>}
      <Fact name="Created">
        <time dateTime={batch.created.toISOString()} className="num">
          {formatInstant(batch.created, zone)}
        </time>{" "}
        <Distance instant={batch.created} now={new Date()} />
      </Fact>
      {referralCount < operation.made && (
        <Fact name="Deleted since">{formatCount(operation.made - referralCount, "code")}</Fact>
      )}
    </Facts>
  );
}
