import Link from "next/link";
import { FieldSteps } from "@/components/operations/field-value";
import type { Reading } from "@/lib/attributes/titles";
import { formatDateTime } from "@/lib/format";
import type { HistoryEntry } from "@/lib/operations/queries";
import type { referralPaths } from "@/lib/referrals/list/search-params";

type Props = { entries: HistoryEntry[]; paths: ReturnType<typeof referralPaths>; reading: Reading };

function verb({ kind, effect }: HistoryEntry): string {
  if (kind === "undo") return effect === "create" ? "Brought back" : "Undone";
  return { create: "Created", import: "Imported", edit: "Edited", delete: "Deleted" }[kind];
}

/** What happened to one code, newest first: a reading of the operation log. */
export function History({ entries, paths, reading }: Props) {
  return (
    <ol className="flex flex-col divide-y divide-hairline border-y border-hairline">
      {entries.map((entry) => (
        <li key={entry.operationId} className="grid grid-cols-[9.5rem_1fr] items-baseline gap-x-4 py-2">
          <time dateTime={entry.applied.toISOString()} className="num text-mute">
            {formatDateTime(entry.applied, reading.timeZone)}
          </time>
          <div className="min-w-0">
            <Link prefetch={false} href={paths.operation(entry.operationId)} className="link">
              {verb(entry)}
            </Link>{" "}
            <span className="text-mute">by {entry.actor}</span>
            <FieldSteps before={entry.before} after={entry.after} reading={reading} />
          </div>
        </li>
      ))}
    </ol>
  );
}
