import { batchIdPattern } from "@/lib/codes/rules";
import { idField } from "@/lib/codes/schema";
import { dayFilter, type FilterKind, readFilters, textFilter } from "@/lib/filters";
import { changeFilters } from "@/lib/operations/rules";
import { type OperationKind, operationKinds } from "@/lib/operations/schema";
import { readCursor, type SearchParams, storableParams, withQuery } from "@/lib/search-params";

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

const kinds: Record<keyof OperationFilter, FilterKind> = {
  kind: { fits: (text) => operationKinds.some((kind) => kind === text), said: `one of ${operationKinds.join(", ")}` },
  by: textFilter("a part of a name"),
  from: dayFilter,
  to: dayFilter,
  batch: { fits: (text) => batchIdPattern.test(text), said: "a Batch ID of 8 lowercase letters" },
  code: textFilter("a whole code"),
  singles: dayFilter,
};

const isPlace = (text: string) => idField.safeParse(text).success;

/** The URL of a list of operations, from its path. */
export const operationListHref = (path: string, list: Partial<OperationList>) => withQuery(path, { ...list });

/** The URL of an operation's rows, from the operation's path. */
export const changeListHref = (path: string, list: { show?: (typeof changeFilters)[number]; before?: string }) =>
  withQuery(path, list);

/** Reads the URL of the list of operations; what cannot be read is noted and left out. */
export function readOperationList(params: SearchParams): OperationList & { notes: string[] } {
  const raw = storableParams(params);
  const { filter, notes } = readFilters(raw, kinds);
  const before = readCursor(raw, "before", isPlace, notes);
  return { ...allOperations, ...filter, before, notes };
}

/** Reads which rows of an operation are asked for. */
export async function readChangeList(params: Promise<SearchParams>) {
  const raw = storableParams(await params);
  const asked = raw.get("show");
  const show = changeFilters.find((filter) => filter === asked);
  const notes: string[] = [];
  const before = readCursor(raw, "before", isPlace, notes);
  if (asked !== null && !show)
    notes.push(`The address asked for rows that do not exist; “show” can be ${changeFilters.join(", ")}.`);
  return { show: show ?? "changed", before, notes };
}
