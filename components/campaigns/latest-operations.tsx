import Link from "next/link";
import type { LatestOperation } from "@/lib/campaigns/queries";
import { formatCount, formatDateTime } from "@/lib/format";

const verbs: Record<string, string> = {
  create: "Created",
  import: "Imported",
  edit: "Edited",
  delete: "Deleted",
  undo: "Undid",
};

type LatestOperationsProps = { operations: LatestOperation[]; campaignPath: string; timeZone: string };

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
          <Link href={`${campaignPath}/operations/${operation.id}`} className="link inline-flex min-h-6 items-center">
            {operationText(operation)}
          </Link>
          <span className="num ml-auto text-mute">
            {operation.actor},{" "}
            <time dateTime={operation.applied.toISOString()}>{formatDateTime(operation.applied, timeZone)}</time>
          </span>
        </li>
      ))}
    </ul>
  );
}

function operationText({ kind, changed }: LatestOperation): string {
  const codes = formatCount(changed, "code");
  return kind === "undo" ? `Undid a change of ${codes}` : `${verbs[kind] ?? kind} ${codes}`;
}
