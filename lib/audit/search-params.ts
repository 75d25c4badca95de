import { type AuditEvent, auditEventNames } from "@/lib/access/audit-events";
import { readClock } from "@/lib/instant";
import { type SearchParams, storableParams } from "@/lib/search-params";
import { shortened } from "@/lib/shortened";

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

export const auditFilters = ["what", "by", "from", "to"] as const;
const nothing: AuditList = { what: "", by: "", from: "", to: "", before: null };

/** The instant and the place of an entry: `<milliseconds>.<o or a>.<id>`. */
export const cursorPattern = /^\d{1,15}\.[ao]\.\d{1,18}$/;

const isDay = (text: string) => {
  const reading = /^\d{4}-\d{2}-\d{2}$/.test(text) ? readClock(text) : null;
  return reading !== null && !("reason" in reading);
};

const kinds: Record<keyof AuditFilter, { fits: (text: string) => boolean; said: string }> = {
  what: {
    fits: (text) => text === operationEvent || auditEventNames.some((name) => name === text),
    said: `${operationEvent} or one of ${auditEventNames.join(", ")}`,
  },
  by: { fits: (text) => text.length <= 200, said: "a part of a name, up to 200 characters" },
  from: { fits: isDay, said: "a day such as 2026-11-28" },
  to: { fits: isDay, said: "a day such as 2026-11-28" },
};

/** The address of the audit, from its path; what asks nothing is left out. */
export function auditHref(path: string, list: Partial<AuditList>): string {
  const query = new URLSearchParams(
    Object.entries(list).flatMap(([name, text]) => (typeof text === "string" && text !== "" ? [[name, text]] : [])),
  );
  return query.size === 0 ? path : `${path}?${query}`;
}

/** Reads the address of the audit; what cannot be read is noted and left out. */
export function readAuditList(params: SearchParams): AuditList & { notes: string[] } {
  const raw = storableParams(params);
  const notes: string[] = [];
  const filter: Record<string, string> = {};
  for (const name of auditFilters) {
    const text = (raw.get(name) ?? "").trim();
    if (text === "") continue;
    const { fits, said } = kinds[name];
    if (fits(text)) filter[name] = text;
    else notes.push(`“${shortened(text)}” was left out: “${name}” is ${said}.`);
  }
  const { from = "", to = "" } = filter;
  if (from !== "" && to !== "" && from > to) {
    delete filter.to;
    notes.push(`The last day, ${to}, was left out: it is before the first, ${from}.`);
  }
  const asked = raw.get("before");
  const before = asked !== null && cursorPattern.test(asked) ? asked : null;
  if (before !== asked) notes.push("The address named a page that cannot be read; this is the first page.");
  return { ...nothing, ...filter, before, notes };
}

/** Whether anything is left out. */
export function isFiltered(list: AuditFilter): boolean {
  return auditFilters.some((name) => list[name] !== "");
}
