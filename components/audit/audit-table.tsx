import Link from "next/link";
import { operationText } from "@/components/operations/operation-text";
import { Moment } from "@/components/ui/moment";
import { Table } from "@/components/ui/table";
import { auditEvents } from "@/lib/access/audit-events";
import type { AuditLine } from "@/lib/audit/queries";
import { shortened } from "@/lib/shortened";
import { asLabel } from "@/lib/words";

type AuditTableProps = { lines: AuditLine[]; zone: string; now: Date; applicationId: number | undefined };

/** What was done, newest first: when, by whom, as what, from where, and what of it was changed. */
export function AuditTable({ lines, zone, now, applicationId }: AuditTableProps) {
  return (
    <Table caption="Audit" className="border-t [&_:is(th,td):first-child]:pl-4 sm:[&_:is(th,td):first-child]:pl-6">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">Before and after</th>
          <th scope="col">From</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.event} ${line.id}`}>
            <td className="num">
              <Moment at={line.at} zone={zone} now={now} />
            </td>
            <th scope="row">
              {line.actor}
              <span className="block text-sm font-normal text-mute">
                {line.role ? asLabel(line.role) : kinds[line.actorKind]}
              </span>
            </th>
            <td className="min-w-44 whitespace-normal">
              <What line={line} applicationId={applicationId} />
            </td>
            <td className="whitespace-normal">
              <Changed before={line.before} after={line.after} />
            </td>
            <td className="mono text-mute">{line.from ?? ""}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const kinds: Record<AuditLine["actorKind"], string> = {
  person: "Person",
  key: "API key",
  rule: "Rule",
  system: "Server",
};

function What({ line, applicationId }: { line: AuditLine; applicationId: number | undefined }) {
  const { operation, event, subject, campaignId, id } = line;
  if (event !== "operation" || !operation)
    return `${auditEvents[event as keyof typeof auditEvents]} ${shortened(subject)}`;
  const text = operationText({ ...operation, code: null });
  return (
    <>
      <Link
        prefetch={false}
        href={`/applications/${applicationId}/campaigns/${campaignId}/operations/${id}`}
        className="link"
      >
        {text}
      </Link>{" "}
      <span className="text-mute">in {subject}</span>
    </>
  );
}

const told = (value: unknown) => shortened(typeof value === "string" ? value || "“”" : JSON.stringify(value ?? null));

/** The fields that were changed, each with what it was and what it became. */
function Changed({ before, after }: Pick<AuditLine, "before" | "after">) {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return (
    <ul>
      {fields.map((field) => (
        <li key={field} className="[overflow-wrap:anywhere]">
          <span className="text-mute">{field}:</span> {before && field in before && told(before[field])}
          {before && field in before && after && field in after && " → "}
          {after && field in after && told(after[field])}
        </li>
      ))}
    </ul>
  );
}
