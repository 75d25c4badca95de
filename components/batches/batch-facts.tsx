import Link from "next/link";
import { Fact, Facts } from "@/components/ui/facts";
import { Moment } from "@/components/ui/moment";
import type { Batch } from "@/lib/batches/queries";
import { formatCount } from "@/lib/format";
import type { referralPaths } from "@/lib/referrals/list/search-params";

type Props = { batch: Batch; paths: ReturnType<typeof referralPaths>; zone: string; note: string };

/** Who made a batch, how and when, and what is left of it. */
export function BatchFacts({ batch, paths, zone, note }: Props) {
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
        <Moment at={batch.created} zone={zone} full />
      </Fact>
      {referralCount < operation.made && (
        <Fact name="Deleted since">{formatCount(operation.made - referralCount, "code")}</Fact>
      )}
      {note && <Fact name="Note">{note}</Fact>}
    </Facts>
  );
}
