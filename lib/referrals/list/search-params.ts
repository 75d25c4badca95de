import type { SortOrder } from "@/lib/referrals/list/filter/terms";
import { type FilterTexts, filterParams, filterTexts } from "@/lib/referrals/list/filter/text";

/** How many rows a page of the list may show; the second is the default. */
export const pageSizes = [25, 50, 100, 250] as const;
export type PageSize = (typeof pageSizes)[number];
export const densities = ["comfortable", "compact"] as const;
export type Density = (typeof densities)[number];

/** Columns that a list can show and a file can hold, by their titles; besides them, each attribute by itself as `attr.<name>`. */
export const columnTitles = {
  code: "Code",
  status: "Status",
  redemptions: "Redemptions",
  advocate: "Advocate's Integration ID",
  friend: "Friend's Integration ID",
  batch: "Batch ID",
  origin: "Origin",
  created: "Created",
  validFrom: "Valid from",
  validUntil: "Valid until",
  attributes: "Attributes",
} as const;
export const columnIds = Object.keys(columnTitles) as (keyof typeof columnTitles)[];
export type ColumnId = keyof typeof columnTitles | `attr.${string}`;
/** What is shown, and in which order, where the URL does not say. */
export const defaultColumns: readonly ColumnId[] = [
  "code",
  "redemptions",
  "advocate",
  "batch",
  "created",
  "validFrom",
  "validUntil",
  "attributes",
];

/**
 * A place between two rows: what the row beside it is ordered by (dates in ms, null where unset), and its id. It may be gone by
 * now. By redemptions, a code that was never redeemed is below zero: as many ms as when it was made is after 1970.
 */
export interface Cursor {
  value: number | string | null;
  id: string;
}

/**
 * Which page of the list: pages hang on a row, not on a number, so that new codes do not shift them. `day` is the page
 * that begins with that day, in orders by a date.
 */
export type ListPage =
  | { at: "first" | "last" }
  | { at: "after" | "before"; cursor: Cursor }
  | { at: "day"; day: string };

/** The list as its URL asks for it: conditions as text, as they were typed, its order, page and looks. */
export interface ReferralList extends FilterTexts {
  sort: SortOrder;
  page: ListPage;
  size: PageSize;
  /** Null where the URL names none. */
  columns: ColumnId[] | null;
  density: Density;
  /** The id of the saved view that this began as. */
  view: string | null;
}

const noTexts: FilterTexts = filterTexts({});
/** The whole list, newest first. */
export const wholeList: ReferralList = {
  ...noTexts,
  sort: "-created",
  page: { at: "first" },
  size: 50,
  columns: null,
  density: "comfortable",
  view: null,
};

function pageText(page: ListPage): string {
  if ("cursor" in page) return `${page.at}-${page.cursor.value ?? "none"}-${page.cursor.id}`;
  return page.at === "day" ? `day-${page.day}` : page.at;
}

/** The list without one condition, from its first page. @param param its name in the URL, such as `status` or `attr.tier` */
export function withoutParam(list: ReferralList, param: string): ReferralList {
  const attributes = Object.entries(list.attributes).filter(([name]) => `attr.${name}` !== param);
  const known = (filterParams as readonly string[]).includes(param);
  return { ...list, attributes: Object.fromEntries(attributes), ...(known && { [param]: "" }), page: { at: "first" } };
}

// Text in a URL as people can read it; only what would end or change a parameter is escaped.
const readable: Record<string, string> = { "%2C": ",", "%3A": ":", "%40": "@", "%2F": "/", "%20": "+" };
const escaped = (text: string) =>
  encodeURIComponent(text.toWellFormed()).replace(/%(?:2C|3A|40|2F|20)/g, (code) => readable[code] ?? code);

/** The query of a list's URL, without `?`; what is at its default is left out. */
export function listQuery(list: Partial<ReferralList>): string {
  const all = { ...wholeList, ...list };
  const looks = (name: "sort" | "size" | "density" | "view") =>
    all[name] === wholeList[name] ? "" : String(all[name]);
  const page = pageText(all.page);
  const params: [string, string][] = [
    ...filterParams.map((param): [string, string] => [param, all[param]]),
    ...Object.entries(all.attributes).map(([name, text]): [string, string] => [`attr.${name}`, text]),
    ["sort", looks("sort")],
    ["page", page === "first" ? "" : page],
    ["size", looks("size")],
    ["columns", all.columns?.join(",") ?? ""],
    ["density", looks("density")],
    ["view", looks("view")],
  ];
  return params
    .filter(([, text]) => text !== "")
    .map(([name, text]) => `${escaped(name)}=${escaped(text)}`)
    .join("&");
}

const withQuery = (path: string, query: string) => (query === "" ? path : `${path}?${query}`);

/** In which form a list is downloaded. `codes` is plain text, a code a line; what `changes` is uploaded again with other cells. */
export const exportFormats = ["csv", "xlsx", "codes", "links", "merge", "changes", "changes-xlsx"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Where the pages about the referrals of a campaign are. */
export function referralPaths(scope: { applicationId: number | string; campaignId: number | string }) {
  const campaign = `/applications/${scope.applicationId}/campaigns/${scope.campaignId}`;
  const base = `${campaign}/referrals`;
  return {
    /** The list; what is left out is at its default, so a link that names no page leads to the first. */
    list: (list: Partial<ReferralList> = {}) => withQuery(base, listQuery(list)),
    /** The list as a saved view has it; null is the list without one. */
    view: (view: { id: string; query: string } | null) =>
      withQuery(base, view ? [view.query, `view=${view.id}`].filter((part) => part !== "").join("&") : ""),
    /**
     * A file of what the list shows, whole and in its order: with the columns it names, or with Talon.One's where it names
     * none. Page, size and looks are no part of it.
     */
    export: (list: Partial<ReferralList> = {}, format: ExportFormat = "csv") => {
      const query = listQuery({
        ...list,
        page: wholeList.page,
        size: wholeList.size,
        density: wholeList.density,
        view: null,
      });
      return withQuery(
        `${base}/export`,
        [query, format === "csv" ? "" : `format=${format}`].filter((part) => part !== "").join("&"),
      );
    },
    /** What the menus of the list offer, as JSON. */
    choices: `${base}/choices`,
    /** What of these codes changes while they are looked at, as JSON. */
    live: `${base}/live`,
    /** Takes a text, and chooses the codes in it. */
    pasted: `${base}/chosen`,
    chosen: (selectionId: string) => `${base}/chosen/${selectionId}`,
    create: `${base}/new`,
    import: `${base}/import`,
    referral: (referralId: string) => `${base}/${referralId}`,
    /** What the advocate of a code is sent. */
    shareText: (referralId: string) => `${base}/${referralId}/share-text`,
    /** The QR code of a code's link. */
    qr: (referralId: string, format: "svg" | "png") => `${base}/${referralId}/qr?format=${format}`,
    edit: (referralId: string) => `${base}/${referralId}/edit`,
    /** The edit of one code by instructions, with its plan and for a later moment. */
    planEdit: (referralId: string) => `${base}/${referralId}/edit?form=plan`,
    delete: (referralId: string) => `${base}/delete?referral=${referralId}`,
    batches: `${base}/batches`,
    /** Some batches that a text finds, as JSON. */
    findBatches: `${base}/batches/find`,
    batch: (batchId: string) => `${base}/batches/${batchId}`,
    editBatch: (batchId: string) => `${base}/edit?batch=${batchId}`,
    deleteBatch: (batchId: string) => `${base}/delete?batch=${batchId}`,
    editSelection: (selectionId: string) => `${base}/edit?selection=${selectionId}`,
    deleteSelection: (selectionId: string) => `${base}/delete?selection=${selectionId}`,
    settings: `${campaign}/settings`,
    operations: `${campaign}/operations`,
    operation: (operationId: string) => `${campaign}/operations/${operationId}`,
  };
}
