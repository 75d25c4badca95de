import { batchIdPattern } from "@/lib/codes/rules";
import { idField } from "@/lib/codes/schema";
import { readClock } from "@/lib/instant";
import { changeFilters } from "@/lib/operations/rules";
import { type OperationKind, operationKinds } from "@/lib/operations/schema";
import { type SearchParams, storableParams } from "@/lib/search-params";
import { shortened } from "@/lib/shortened";

/** Which operations are asked for; empty texts ask nothing. Days are `2026-11-28`, on the clocks of the application's zone. */
export interface OperationFilter {
  kind: OperationKind | "";
  /** Part of the name of who did it, in any case. */
  by: string;
  /** The first and the last day. */
  from: string;
  to: string;
  batch: string;
  /** The code that was changed, whole. */
  code: string;
  /** The day whose codes that were made one at a time are shown, each by itself. */
  singles: string;
}

/** The list of operations as its address asks for it. */
export interface OperationList extends OperationFilter {
  /** The operation below which the page begins. */
  before: string | null;
}

/** Every operation, newest first. */
export const allOperations: OperationList = {
  ...{ kind: "", by: "", from: "", to: "", batch: "", code: "", singles: "" },
  before: null,
};
export const operationFilters = ["kind", "by", "from", "to", "batch", "code", "singles"] as const;
/** The longest text that is looked for, in characters. */
const textMax = 200;

function withQuery(path: string, params: Record<string, string | null | undefined>): string {
  const query = new URLSearchParams(Object.entries(params).flatMap(([name, text]) => (text ? [[name, text]] : [])));
  return query.size === 0 ? path : `${path}?${query}`;
}

/** The URL of a list of operations, from its path. */
export function operationListHref(path: string, list: Partial<OperationList>): string {
  const { before } = list;
  return withQuery(path, { ...Object.fromEntries(operationFilters.map((name) => [name, list[name]])), before });
}

/** The URL of an operation's rows, from the operation's path. */
export const changeListHref = (
  path: string,
  { show, before }: { show?: (typeof changeFilters)[number]; before?: string },
) => withQuery(path, { show, before });

function cursor(text: string | null): { before: string | null; notes: string[] } {
  if (text === null || idField.safeParse(text).success) return { before: text, notes: [] };
  return { before: null, notes: ["The address named a page that cannot be read; this is the first page."] };
}

const isDay = (text: string) => {
  const reading = /^\d{4}-\d{2}-\d{2}$/.test(text) ? readClock(text) : null;
  return reading !== null && !("reason" in reading);
};
const isShort = (text: string) => text.length <= textMax;

/** What a text of each filter has to be, and how that is said. */
const kinds: Record<keyof OperationFilter, { fits: (text: string) => boolean; said: string }> = {
  kind: { fits: (text) => operationKinds.some((kind) => kind === text), said: `one of ${operationKinds.join(", ")}` },
  by: { fits: isShort, said: `a part of a name, up to ${textMax} characters` },
  from: { fits: isDay, said: "a day such as 2026-11-28" },
  to: { fits: isDay, said: "a day such as 2026-11-28" },
  batch: { fits: (text) => batchIdPattern.test(text), said: "a Batch ID of 8 lowercase letters" },
  code: { fits: isShort, said: `a whole code, up to ${textMax} characters` },
  singles: { fits: isDay, said: "a day such as 2026-11-28" },
};

/** Reads the URL of the list of operations; what cannot be read is noted and left out. */
export function readOperationList(params: SearchParams): OperationList & { notes: string[] } {
  const raw = storableParams(params);
  const { before, notes } = cursor(raw.get("before"));
  const filter: Record<string, string> = {};
  for (const name of operationFilters) {
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
  return { ...allOperations, ...filter, before, notes };
}

/** Whether any operation is left out. */
export function isFiltered(list: OperationFilter): boolean {
  return operationFilters.some((name) => list[name] !== "");
}

/** Reads which rows of an operation are asked for. */
export async function readChangeList(params: Promise<SearchParams>) {
  const raw = storableParams(await params);
  const asked = raw.get("show");
  const show = changeFilters.find((filter) => filter === asked);
  const page = cursor(raw.get("before"));
  if (asked !== null && !show)
    page.notes.push(`The address asked for rows that do not exist; “show” can be ${changeFilters.join(", ")}.`);
  return { show: show ?? "changed", ...page };
}
