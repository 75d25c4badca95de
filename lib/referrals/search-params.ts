import { createLoader, createParser, createSerializer, parseAsString, type SearchParams } from "nuqs/server";
import { batchIdPattern, codeLength, searchKey } from "@/lib/referrals/rules";

/** How many rows a page of the list may show; the second is the default. */
export const pageSizes = [25, 50, 100, 250] as const;
export type PageSize = (typeof pageSizes)[number];

/** A place between two rows: the instant (ms) and id of the row beside it, which may be gone by now. */
export interface Cursor {
  created: number;
  id: string;
}

/** Which page of the list: pages hang on a row, not on a number, so that new codes do not shift them. */
export type ListPage = { at: "first" | "last" } | { at: "after" | "before"; cursor: Cursor };

const latest = Date.UTC(10_000, 0) - 1;
const cursorText = /^(after|before)-(\d{1,15})-([1-9]\d{0,17})$/;

function parsePage(text: string): ListPage | null {
  if (text === "first" || text === "last") return { at: text };
  const [, at, created, id] = cursorText.exec(text) ?? [];
  if (!at || !id || Number(created) > latest) return null;
  return { at: at as "after" | "before", cursor: { created: Number(created), id } };
}

function serializePage(page: ListPage): string {
  return "cursor" in page ? `${page.at}-${page.cursor.created}-${page.cursor.id}` : page.at;
}

const parseAsPage = createParser<ListPage>({
  parse: parsePage,
  serialize: serializePage,
  eq: (a, b) => serializePage(a) === serializePage(b),
});

const parseAsSize = createParser<PageSize>({
  parse: (text) => pageSizes.find((size) => String(size) === text) ?? null,
  serialize: String,
});

/** The URL of the referrals list: described here alone, for the page, its links and the export. */
export const referralListParams = {
  q: parseAsString.withDefault(""),
  batch: parseAsString.withDefault(""),
  page: parseAsPage.withDefault({ at: "first" }),
  size: parseAsSize.withDefault(50),
};

/** The list as its URL asks for it: text as it was typed, the page and its size. */
export interface ReferralList {
  q: string;
  batch: string;
  page: ListPage;
  size: PageSize;
}

/** What narrows the list, ready for a query; null where nothing is asked. Never made from text that cannot match. */
export interface ReferralFilter {
  search: string | null;
  batchId: string | null;
}

export interface ReadReferralList {
  list: ReferralList;
  /** Null when the URL asks for something that no code can match: nothing is shown then, never more than was asked. */
  filter: ReferralFilter | null;
  /** Why nothing can match, for the user; empty unless the filter is null. */
  refusals: string[];
  /** What else was wrong in the URL and what became of it, for the user. */
  notes: string[];
}

const load = createLoader(referralListParams);
const serialize = createSerializer(referralListParams);
const searchMax = 2 * codeLength.max;

function cut(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** What is wrong with a search text, or null. An empty one asks for nothing. */
export function searchProblem(text: string): string | null {
  if (text.trim() === "") return null;
  if (text.length > searchMax)
    return `The search text is longer than any code; shorten it to ${codeLength.max} characters.`;
  if (searchKey(text) === "") return `“${cut(text)}” has no letter or digit, and search compares only those.`;
  return null;
}

function batchProblem(text: string): string | null {
  if (text === "" || batchIdPattern.test(text)) return null;
  return `“${cut(text)}” is no Batch ID: those have 8 lowercase letters.`;
}

function defaultedNotes(raw: URLSearchParams): string[] {
  const notes: string[] = [];
  const page = raw.get("page");
  const size = raw.get("size");
  if (page !== null && referralListParams.page.parse(page) === null)
    notes.push("The address named a page that cannot be read; this is the first page.");
  if (size !== null && referralListParams.size.parse(size) === null)
    notes.push(
      `The address asked for “${cut(size)}” codes a page; it can be 25, 50, 100 or 250. This list has 50 a page.`,
    );
  return notes;
}

function repeatedNotes(raw: URLSearchParams): string[] {
  const repeated = ["q", "batch"].filter((name) => new Set(raw.getAll(name)).size > 1);
  return repeated.map((name) => `The address says “${name}” more than once; it can have one value.`);
}

function toURLSearchParams(input: SearchParams | URLSearchParams): URLSearchParams {
  if (input instanceof URLSearchParams) return input;
  const entries = Object.entries(input).flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one]));
  return new URLSearchParams(entries);
}

/** Reads the list's URL. Any text is an answer: what cannot be used is left out and noted, or matches nothing. */
export function readReferralList(input: SearchParams | URLSearchParams): ReadReferralList {
  const raw = toURLSearchParams(input);
  const list: ReferralList = load(raw);
  const refusals = [...repeatedNotes(raw), batchProblem(list.batch), searchProblem(list.q)].filter(
    (note) => note !== null,
  );
  const filter =
    refusals.length > 0 ? null : { search: searchKey(list.q) || null, batchId: list.batch === "" ? null : list.batch };
  return { list, filter, refusals, notes: defaultedNotes(raw) };
}

/** Where the pages about the referrals of a campaign are. */
export function referralPaths(scope: { applicationId: number | string; campaignId: number | string }) {
  const campaign = `/applications/${scope.applicationId}/campaigns/${scope.campaignId}`;
  const base = `${campaign}/referrals`;
  return {
    /** The list; what is left out is at its default, so a link that names no page leads to the first. */
    list: (list: Partial<ReferralList> = {}) => serialize(base, list),
    /** The CSV of what the list shows under this search and batch, whole. */
    export: (list: Partial<Pick<ReferralList, "q" | "batch">> = {}) =>
      serialize(`${base}/export`, { q: list.q ?? null, batch: list.batch ?? null }),
    create: `${base}/new`,
    import: `${base}/import`,
    referral: (referralId: string) => `${base}/${referralId}`,
    edit: (referralId: string) => `${base}/${referralId}/edit`,
    delete: (referralId: string) => `${base}/delete?referral=${referralId}`,
    batch: (batchId: string) => `${base}/batches/${batchId}`,
    editBatch: (batchId: string) => `${base}/edit?batch=${batchId}`,
    deleteBatch: (batchId: string) => `${base}/delete?batch=${batchId}`,
    operations: `${campaign}/operations`,
    operation: (operationId: string) => `${campaign}/operations/${operationId}`,
  };
}
