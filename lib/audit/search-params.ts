import { type AuditEvent, auditEventNames } from "@/lib/access/audit-events";
import { dayFilter, type FilterKind, readFilters, textFilter } from "@/lib/filters";
import { readCursor, type SearchParams, storableParams, withQuery } from "@/lib/search-params";

/** Of operations on codes, all of one kind of event. */
export const operationEvent = "operation";

/** What of the audit is asked for; empty texts ask nothing. Days are `2026-11-28`, on the clocks of the zone. */
export interface AuditFilter {
  what: AuditEvent | typeof operationEvent | "";
  /** Part of the name of who did it, in any case. */
  by: string;
  from: string;
  to: string;
}

/** The audit as its address asks for it. */
export interface AuditList extends AuditFilter {
  /** Where the page begins, as the page before it said. */
  before: string | null;
}

const nothing: AuditList = { what: "", by: "", from: "", to: "", before: null };

/** The instant and the place of an entry: `<milliseconds>.<o or a>.<id>`. */
export const cursorPattern = /^\d{1,15}\.[ao]\.\d{1,18}$/;

const kinds: Record<keyof AuditFilter, FilterKind> = {
  what: {
    fits: (text) => text === operationEvent || auditEventNames.some((name) => name === text),
    said: `${operationEvent} or one of ${auditEventNames.join(", ")}`,
  },
  by: textFilter("a part of a name"),
  from: dayFilter,
  to: dayFilter,
};

/** The address of the audit, from its path; what asks nothing is left out. */
export const auditHref = (path: string, list: Partial<AuditList>) => withQuery(path, { ...list });

/** Reads the address of the audit; what cannot be read is noted and left out. */
export function readAuditList(params: SearchParams): AuditList & { notes: string[] } {
  const raw = storableParams(params);
  const { filter, notes } = readFilters(raw, kinds);
  const before = readCursor(raw, "before", (text) => cursorPattern.test(text), notes);
  return { ...nothing, ...filter, before, notes };
}
