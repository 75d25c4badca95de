import Link from "next/link";
import type { ReactNode } from "react";
import { FieldSteps } from "@/components/operations/field-value";
import { Moment } from "@/components/ui/moment";
import type { Reading } from "@/lib/attributes/titles";
import type { HistoryEntry } from "@/lib/operations/queries";
import type { referralPaths } from "@/lib/referrals/list/search-params";
import type { RedemptionEvent, Timeline } from "@/lib/referrals/timeline";
import { shopPaths } from "@/lib/sessions/search-params";

type Props = { timeline: Timeline; applicationId: number; paths: ReturnType<typeof referralPaths>; reading: Reading };

function verb({ kind, effect }: HistoryEntry): string {
  if (kind === "undo") return effect === "create" ? "Brought back" : "Undone";
  return { create: "Created", import: "Imported", edit: "Edited", delete: "Deleted" }[kind];
}

/** What happened to one code, newest first: a reading of the operation log and of the ledger of redemptions. */
export function History({ timeline, applicationId, paths, reading }: Props) {
  return (
    <>
      <ol className="flex flex-col divide-y divide-hairline border-y border-hairline">
        {timeline.events.map((event) =>
          "operation" in event ? (
            <Entry key={`o${event.operation.operationId}`} at={event.at} zone={reading.timeZone}>
              <Operation entry={event.operation} paths={paths} reading={reading} />
            </Entry>
          ) : (
            <Entry key={`r${event.redemption.id}`} at={event.at} zone={reading.timeZone}>
              <Redemption event={event.redemption} applicationId={applicationId} />
            </Entry>
          ),
        )}
      </ol>
      {timeline.more && (
        <p className="text-mute">The latest {timeline.events.length} events; there are earlier ones.</p>
      )}
    </>
  );
}

function Entry({ at, zone, children }: { at: Date; zone: string; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[9.5rem_1fr] items-baseline gap-x-4 py-2">
      <span className="text-mute">
        <Moment at={at} zone={zone} />
      </span>
      <div className="min-w-0 [overflow-wrap:anywhere]">{children}</div>
    </li>
  );
}

function Operation({ entry, paths, reading }: { entry: HistoryEntry; paths: Props["paths"]; reading: Reading }) {
  return (
    <>
      <Link prefetch={false} href={paths.operation(entry.operationId)} className="link">
        {verb(entry)}
      </Link>{" "}
      <span className="text-mute">by {entry.actor}</span>
      <FieldSteps before={entry.before} after={entry.after} reading={reading} />
    </>
  );
}

function Redemption({ event, applicationId }: { event: RedemptionEvent; applicationId: number }) {
  const { takenBack, friendIntegrationId: friend, sessionIntegrationId: session } = event;
  return (
    <>
      {takenBack ? "Redemption taken back, of" : "Redeemed by"}{" "}
      <Link prefetch={false} href={shopPaths(applicationId).customer(friend)} className="link">
        {friend}
      </Link>{" "}
      <span className="text-mute">
        in session <span className="mono">{session}</span>
      </span>
    </>
  );
}
