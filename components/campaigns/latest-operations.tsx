import Link from "next/link";
import { operationText } from "@/components/operations/operation-text";
import { Moment } from "@/components/ui/moment";
import type { OperationRow } from "@/lib/operations/rows";

type LatestOperationsProps = { operations: OperationRow[]; campaignPath: string; timeZone: string };

/** The last changes to a campaign's codes; each leads to its record. */
export function LatestOperations({ operations, campaignPath, timeZone }: LatestOperationsProps) {
  if (operations.length === 0) return <p className="text-mute">Nothing was changed yet.</p>;
  return (
    <ul className="border-t">
      {operations.map((operation) => (
        <li
          key={operation.id}
          className="flex min-h-9.5 flex-wrap items-center gap-x-4 border-b border-hairline py-1.5"
        >
          <Link
            href={`${campaignPath}/operations/${operation.id}`}
            className="link block max-w-96 truncate leading-6"
            prefetch={false}
          >
            {operationText(operation)}
          </Link>
          <span className="num ml-auto text-mute">
            {operation.actor}, <Moment at={operation.applied} zone={timeZone} />
          </span>
        </li>
      ))}
    </ul>
  );
}
