import Link from "next/link";
import { approvalFacts } from "@/components/operations/approval-note";
import { Fact, Facts } from "@/components/ui/facts";
import { Moment } from "@/components/ui/moment";
import { formatCount, formatDateTime } from "@/lib/format";
import type { OperationDetail } from "@/lib/operations/queries";
import { isCarriedOut } from "@/lib/operations/rules";
import { filterTexts } from "@/lib/referrals/list/filter/text";
import { listQuery, type referralPaths } from "@/lib/referrals/list/search-params";
import type { Schedule } from "@/lib/schedules/queries";
import type { Selection } from "@/lib/selections/queries";

type Props = {
  operation: OperationDetail;
  chosen: Selection | null;
  /** What made it, where it was planned for a moment. */
  schedule: Schedule | null;
  paths: ReturnType<typeof referralPaths>;
  zone: string;
};

/** Who, when, about what, and how it hangs together with other operations. */
export function OperationFacts({ operation, chosen, schedule, paths, zone }: Props) {
  const { approval, batchId, fileName, undoesId, undoneById, repeatsId } = operation;
  return (
    <Facts className="w-fit">
      {isCarriedOut(approval) && (
        <>
          <Fact name="By">{operation.actor}</Fact>
          <Fact name="When">
            <Moment at={operation.applied} zone={zone} full />
          </Fact>
        </>
      )}
      {approval &&
        approvalFacts({ approval, zone }).map(({ name, text }) => (
          <Fact key={name} name={name}>
            <span className="whitespace-pre-wrap">{text}</span>
          </Fact>
        ))}
      {schedule && (
        <Fact name="Scheduled">
          {schedule.by} planned it on {formatDateTime(schedule.created, zone)} for this moment
          {schedule.ends && operation.undoesId === null && `, until ${formatDateTime(schedule.ends, zone)}`}
        </Fact>
      )}
      {fileName && <Fact name="File">{fileName}</Fact>}
      {batchId && (
        <Fact name="Batch">
          <Link prefetch={false} href={paths.batch(batchId)} className="link mono">
            {batchId}
          </Link>
        </Fact>
      )}
      {chosen && (
        <Fact name="Codes">
          <Chosen selection={chosen} paths={paths} zone={zone} />
        </Fact>
      )}
      {undoesId && (
        <Fact name="Undoes">
          <Link prefetch={false} href={paths.operation(undoesId)} className="link">
            Operation {undoesId}
          </Link>
        </Fact>
      )}
      {repeatsId && (
        <Fact name="Tries again">
          <Link prefetch={false} href={paths.operation(repeatsId)} className="link">
            What operation {repeatsId} left
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

/** How the codes were chosen, and when; a filter leads to what it shows now. */
function Chosen({ selection, paths, zone }: { selection: Selection; paths: Props["paths"]; zone: string }) {
  const { origin, filter, count, created } = selection;
  const at = `on ${formatDateTime(created, zone)}`;
  if (origin !== "matching") return `${formatCount(count, "code")} ${origin} ${at}`;
  const asked = listQuery(filterTexts(filter ?? {}));
  if (asked === "") return `All ${formatCount(count, "code")} of the campaign ${at}`;
  return (
    <>
      All {formatCount(count, "code")} that matched{" "}
      <Link prefetch={false} href={paths.list(filterTexts(filter ?? {}))} className="link [overflow-wrap:anywhere]">
        {asked.replaceAll("&", ", ")}
      </Link>{" "}
      {at}
    </>
  );
}
