import type { ApplicationIds, Scope } from "@/lib/access/scope";
import { type AuditLine, readAudit } from "@/lib/audit/queries";
import type { AuditList } from "@/lib/audit/search-params";
import { formatRow, safeCell } from "@/lib/referrals/csv";

const header = ["at", "event", "about", "who", "kind", "role", "from", "campaign", "operation", "before", "after"];
/** How many lines are read and sent at a time. */
const stretch = 500;

function row(line: AuditLine): string {
  const { at, event, subject, actor, actorKind, role, from, campaignId, operation, before, after } = line;
  const done = operation && `${operation.kind} ${line.id}: ${operation.changed}`;
  const json = (value: object | null) => (value === null ? "" : JSON.stringify(value));
  const cells = [
    at.toISOString(),
    event,
    subject,
    actor,
    actorKind,
    role,
    from,
    campaignId,
    done,
    json(before),
    json(after),
  ];
  return `${formatRow(cells.map((cell) => safeCell(String(cell ?? ""))))}\r\n`;
}

/** The audit as CSV for spreadsheets, with a byte order mark and a header, page by page as it is read; it ends when `gone` says that nobody reads on. */
export function auditCsv(
  scope: Scope<"audit.read", ApplicationIds>,
  list: AuditList,
  zone: string,
  gone: AbortSignal,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let before = list.before;
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(`\uFEFF${formatRow(header)}\r\n`));
    },
    async pull(controller) {
      if (gone.aborted) return controller.close();
      const { lines, next } = await readAudit(scope, { ...list, before }, zone, stretch);
      if (lines.length > 0) controller.enqueue(encoder.encode(lines.map(row).join("")));
      before = next;
      if (next === null) controller.close();
    },
  });
}
