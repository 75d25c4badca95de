import { idField } from "@/lib/codes/schema";
import { changeFilters } from "@/lib/operations/rules";
import { type SearchParams, toURLSearchParams } from "@/lib/search-params";

function href(path: string, { show, before }: { show?: string; before?: string }): string {
  const query = new URLSearchParams({ ...(show && { show }), ...(before && { before }) });
  return query.size === 0 ? path : `${path}?${query}`;
}

/** The URL of a list of operations, from its path. */
export const operationListHref = (path: string, page: { before?: string }) => href(path, page);
/** The URL of an operation's rows, from the operation's path. */
export const changeListHref = (path: string, page: { show?: (typeof changeFilters)[number]; before?: string }) =>
  href(path, page);

function cursor(text: string | null): { before: string | null; notes: string[] } {
  if (text === null || idField.safeParse(text).success) return { before: text, notes: [] };
  return { before: null, notes: ["The address named a page that cannot be read; this is the first page."] };
}

/** Reads the URL of the list of operations; what cannot be read is noted and left out. */
export async function readOperationList(params: Promise<SearchParams>) {
  return cursor(toURLSearchParams(await params).get("before"));
}

/** Reads which rows of an operation are asked for. */
export async function readChangeList(params: Promise<SearchParams>) {
  const raw = toURLSearchParams(await params);
  const asked = raw.get("show");
  const show = changeFilters.find((filter) => filter === asked);
  const page = cursor(raw.get("before"));
  if (asked !== null && !show)
    page.notes.push(`The address asked for rows that do not exist; “show” can be ${changeFilters.join(", ")}.`);
  return { show: show ?? "changed", ...page };
}
