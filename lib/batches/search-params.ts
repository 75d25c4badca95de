import { batchIdPattern } from "@/lib/codes/rules";
import { readCursor, type SearchParams, storableParams, withQuery } from "@/lib/search-params";

/** By what the batches of a campaign can be listed, with how the column is called; `-` before it turns the order round. */
export const batchColumns = {
  name: "Name",
  id: "Batch ID",
  codes: "Codes",
  redemptions: "Redeemed",
  how: "How made",
  by: "By",
  created: "Created",
} as const;
export type BatchColumn = keyof typeof batchColumns;
export type BatchSort = BatchColumn | `-${BatchColumn}`;

const columns = Object.keys(batchColumns) as BatchColumn[];
const sorts: BatchSort[] = columns.flatMap((column): BatchSort[] => [column, `-${column}`]);
const newest: BatchSort = "-created";
/** The longest text that is searched for, in characters. */
const searchMax = 200;

/** The list of batches as its address asks for it. */
export interface BatchList {
  /** Part of a name, a note or a Batch ID. */
  q: string;
  sort: BatchSort;
  /** The Batch ID after which the page begins. */
  after: string | null;
}

/** The address of a list of batches, from its path; what is at its default is left out. */
export function batchListHref(path: string, { q, sort = newest, after }: Partial<BatchList>): string {
  return withQuery(path, { q, sort: sort === newest ? "" : sort, after });
}

/** The order that a press on a column's head asks for: numbers and dates begin with the most, texts with A. */
export function sortAfterPress(column: BatchColumn, now: BatchSort): BatchSort {
  const descending: BatchSort = `-${column}`;
  const first = column === "codes" || column === "redemptions" || column === "created" ? descending : column;
  return now === first ? (first === column ? descending : column) : first;
}

/** Reads the address of the list of batches; what cannot be read is noted and left out. */
export function readBatchList(params: SearchParams): BatchList & { notes: string[] } {
  const raw = storableParams(params);
  const notes: string[] = [];
  const asked = raw.get("sort");
  const sort = sorts.find((known) => known === (asked ?? newest));
  if (!sort) notes.push(`The address asked for an order that does not exist; “sort” can be ${columns.join(", ")}.`);
  const after = readCursor(raw, "after", (text) => batchIdPattern.test(text), notes);
  const typed = (raw.get("q") ?? "").trim();
  const q = [...typed.slice(0, 2 * searchMax)].slice(0, searchMax).join("");
  if (q !== typed) notes.push(`Only the first ${searchMax} characters are searched for.`);
  return { q, sort: sort ?? newest, after, notes };
}
