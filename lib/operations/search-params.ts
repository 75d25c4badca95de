import { createLoader, createSerializer, parseAsString, parseAsStringLiteral, type SearchParams } from "nuqs/server";
import { changeFilters } from "@/lib/operations/rules";
import { idField } from "@/lib/referrals/schema";

const operationListParams = { before: parseAsString };
const changeListParams = { show: parseAsStringLiteral(changeFilters), before: parseAsString };
const loadOperations = createLoader(operationListParams);
const loadChanges = createLoader(changeListParams);

/** The URL of a list of operations, from its path. */
export const operationListHref = createSerializer(operationListParams);
/** The URL of an operation's rows, from the operation's path. */
export const changeListHref = createSerializer(changeListParams);

function cursor(text: string | null): { before: string | null; notes: string[] } {
  if (text === null || idField.safeParse(text).success) return { before: text, notes: [] };
  return { before: null, notes: ["The address named a page that cannot be read; this is the first page."] };
}

/** Reads the URL of the list of operations; what cannot be read is noted and left out. */
export async function readOperationList(params: Promise<SearchParams>) {
  const { before } = await loadOperations(params);
  return cursor(before);
}

/** Reads which rows of an operation are asked for. */
export async function readChangeList(params: Promise<SearchParams>) {
  const raw = await params;
  const { show, before } = loadChanges(raw);
  const page = cursor(before);
  if (raw.show !== undefined && show === null)
    page.notes.push(`The address asked for rows that do not exist; “show” can be ${changeFilters.join(", ")}.`);
  return { show: show ?? ("changed" as const), ...page };
}
