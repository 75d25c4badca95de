import Link from "next/link";
import { operationText } from "@/components/operations/operation-text";
import { Moment } from "@/components/ui/moment";
import { Named, ShortList } from "@/components/ui/short-list";
import { auditEvents } from "@/lib/access/audit-events";
import type { AuditLine } from "@/lib/audit/queries";
import { shortened } from "@/lib/shortened";
import { asLabel } from "@/lib/words";

/** The longest text that is shown, in characters: names are shorter. */
const longest = 200;

type AuditTableProps = { lines: AuditLine[]; zone: string; now: Date; applicationId: number | undefined };

/** What was done, newest first: when, by whom, as what, from where, and what of it was changed. */
export function AuditTable({ lines, zone, now, applicationId }: AuditTableProps) {
  return (
    <ShortList
      flush
      caption="Audit"
      rows={lines}
      keyOf={({ event, id }) => `${event} ${id}`}
      columns={[
        {
          title: "When",
          of: ({ at }) => (
            <span className="font-normal">
              <Moment at={at} zone={zone} now={now} />
            </span>
          ),
        },
        { title: "Who", of: (line) => <Who line={line} /> },
        { title: "What", of: (line) => <What line={line} applicationId={applicationId} /> },
        { title: "Before and after", of: ({ before, after }) => <Changed before={before} after={after} /> },
        { title: "From", of: ({ from }) => from && <span className="mono text-mute">{from}</span> },
      ]}
    />
  );
}

function Who({ line: { actor, role, actorKind } }: { line: AuditLine }) {
  return <Named below={role ? asLabel(role) : kinds[actorKind]}>{actor}</Named>;
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
    return `${auditEvents[event as keyof typeof auditEvents]} ${shortened(subject, longest)}`;
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

/** How a value reads; of a list, what it holds. */
function told(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return shortened(value, longest) || "“”";
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value.join(", ") || "none";
  return shortened(JSON.stringify(value), longest);
}

/** “per second”, of `perSecond`. */
const fieldWords = (field: string) => field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The fields that were changed, each with what it was and what it became. */
function Changed({ before, after }: Pick<AuditLine, "before" | "after">) {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (fields.length === 0) return null;
  return (
    <ul>
      {fields.map((field) => (
        <li key={field}>
          <span className="text-mute">{fieldWords(field)}:</span> {before && field in before && told(before[field])}
          {before && field in before && after && field in after && " → "}
          {after && field in after && told(after[field])}
        </li>
      ))}
    </ul>
  );
}
