import { attributeSentences } from "@/lib/attributes/reasons";
import { unknownNames } from "@/lib/attributes/rules";
import type { AttributeTitle } from "@/lib/attributes/titles";
import { formatNumber, plural } from "@/lib/format";
import { instantRange } from "@/lib/instant";
import { type Refusal, readFilter } from "@/lib/referrals/list/filter/read";
import { calendarProblem, type ReferralFilter } from "@/lib/referrals/list/filter/schema";
import { type SortKey, type SortOrder, sortOf, sortOrders } from "@/lib/referrals/list/filter/terms";
import { type FilterTexts, filterParams } from "@/lib/referrals/list/filter/text";
import {
  type ColumnId,
  type Cursor,
  columnIds,
  densities,
  type ExportFormat,
  exportFormats,
  type ListPage,
  pageSizes,
  type ReferralList,
  wholeList,
} from "@/lib/referrals/list/search-params";
import { say } from "@/lib/say";
import { type SearchParams, toURLSearchParams } from "@/lib/search-params";
import { shortened } from "@/lib/shortened";

interface ReadReferralList {
  list: ReferralList;
  /** Null when the URL asks for something that no code can match: nothing is shown then, never more than was asked. */
  filter: ReferralFilter | null;
  /** Why nothing can match, for the user; empty unless the filter is null. `withoutParam` is the way out. */
  refusals: Refusal[];
  /** What else was wrong in the URL and what became of it, for the user. */
  notes: string[];
}

const earliest = Date.parse("0001-01-01T00:00:00Z"); // a page can begin at a date that was stored before years had a bound
const latest = Date.parse(instantRange.last);
const cursorText = /^(after|before)-(.*)-([1-9]\d{0,17})$/su;
const dayText = /^day-(\d{4}-\d{2}-\d{2})$/;

function cursorValue(key: SortKey, text: string): Cursor["value"] | undefined {
  if (key === "code") return text.length <= 400 && text.isWellFormed() && !text.includes("\u0000") ? text : undefined;
  if (text === "none") return key === "validFrom" || key === "validUntil" ? null : undefined;
  if (!/^-?\d{1,15}$/.test(text)) return undefined;
  const number = Number(text);
  const [least, most] = key === "redemptions" ? [-latest, 2_147_483_647] : [earliest, latest];
  return number >= least && number <= most ? number : undefined;
}

function readPage(text: string, sort: SortOrder): ListPage | null {
  if (text === "first" || text === "last") return { at: text };
  const { key } = sortOf(sort);
  const day = dayText.exec(text)?.[1];
  if (day !== undefined)
    return calendarProblem(day) === null && key !== "code" && key !== "redemptions" ? { at: "day", day } : null;
  const [, at, value, id] = cursorText.exec(text) ?? [];
  const beside = value === undefined ? undefined : cursorValue(key, value);
  if (!at || !id || beside === undefined) return null;
  return { at: at as "after" | "before", cursor: { value: beside, id } };
}

const columnId = (text: string): text is ColumnId =>
  (columnIds as readonly string[]).includes(text) || /^attr\.[A-Za-z]\w{0,99}$/.test(text);

type Looks = Pick<ReferralList, "sort" | "page" | "size" | "columns" | "density" | "view">;

/** How the list is shown. None of it decides which codes are in it, so what cannot be read is left out and noted. */
function readLooks(raw: URLSearchParams): { looks: Looks; notes: string[] } {
  const notes: string[] = [];
  const one = <Value>(
    name: string,
    fallback: Value,
    read: (text: string) => Value | null | undefined,
    note: string,
  ) => {
    const text = raw.get(name);
    const value = text === null || text === "" ? fallback : (read(text) ?? undefined);
    if (value === undefined) notes.push(note.replace("%", shortened(text ?? "")));
    return value ?? fallback;
  };
  const among =
    <Value extends string | number>(values: readonly Value[]) =>
    (text: string) =>
      values.find((value) => String(value) === text);
  const sort = one(
    "sort",
    wholeList.sort,
    among(sortOrders),
    "The address asked for the order “%”, which there is not; this is newest first.",
  );
  const page = one(
    "page",
    wholeList.page,
    (text) => readPage(text, sort),
    "The address named a page that cannot be read; this is the first page.",
  );
  const size = one(
    "size",
    wholeList.size,
    among(pageSizes),
    "The address asked for “%” codes a page; it can be 25, 50, 100 or 250. This list has 50 a page.",
  );
  const density = one(
    "density",
    wholeList.density,
    among(densities),
    "The address asked for the density “%”; it can be comfortable or compact.",
  );
  const view = one(
    "view",
    wholeList.view,
    (text) => /^[1-9]\d{0,17}$/.exec(text)?.[0],
    "The address named the view “%”, which there is not; it was left out.",
  );
  const asked = [...new Set((raw.get("columns") ?? "").split(",").filter((name) => name !== ""))];
  const columns = asked.filter(columnId).slice(0, 60);
  if (columns.length < asked.length)
    notes.push(
      `The address asked for columns that there are not (${shortened(asked.filter((name) => !columnId(name)).join(", ")) || "too many"}); they are left out.`,
    );
  return { looks: { sort, page, size, columns: columns.length > 0 ? columns : null, density, view }, notes };
}

const looksParams = ["sort", "page", "size", "columns", "density", "view"];
const isFilter = (name: string) => (filterParams as readonly string[]).includes(name) || name.startsWith("attr.");
/** What the router adds to its own requests. */
const routerParam = "_rsc";
const knownParams: readonly string[] = [...filterParams, ...looksParams];
const bare = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z]/g, "")
    .replace(/s$/, "");

/** Filters that are named twice or not as we name them: they cannot be left out, the list would be wider than asked. */
function nameRefusals(raw: URLSearchParams): { refusals: Refusal[]; notes: string[] } {
  const refusals: Refusal[] = [];
  const notes: string[] = [];
  for (const name of new Set(raw.keys())) {
    if (isFilter(name) && new Set(raw.getAll(name)).size > 1)
      refusals.push({
        param: name,
        message: `The address says “${shortened(name)}” more than once; it can have one value.`,
      });
    if (looksParams.includes(name) && new Set(raw.getAll(name)).size > 1)
      notes.push(`The address says “${name}” more than once; the first one counts.`);
    if (isFilter(name) && raw.getAll(name).every((text) => text.trim() === ""))
      notes.push(`The address says “${shortened(name)}” without a value; it was left out.`);
    if (isFilter(name) || knownParams.includes(name) || name === routerParam) continue;
    const meant =
      filterParams.find((param) => bare(param) === bare(name)) ?? (/^attr/i.test(name) ? "attr.<name>" : null);
    if (meant)
      refusals.push({
        param: name,
        message: `The address says “${shortened(name)}”, which is no filter; “${meant}” is.`,
      });
    else notes.push(`The address says “${shortened(name)}”, which this list does not know; it was left out.`);
  }
  return { refusals, notes };
}

/** Conditions on attributes that there are not, which match nothing, and columns of them, which are left out. */
function unknownAttributes(list: ReferralList, attributes: readonly AttributeTitle[]) {
  const known = new Set(attributes.map(({ name }) => `attr.${name}`));
  const unknown = (id: string) => id.startsWith("attr.") && !known.has(id);
  const columns = list.columns?.filter((id) => !unknown(id)) ?? [];
  const asked = Object.keys(list.attributes).filter((name) => list.attributes[name]?.trim() && unknown(`attr.${name}`));
  const gone = (list.columns ?? []).filter(unknown).map((id) => id.slice(5));
  const [first] = asked;
  const unnamed = (names: string[]) => say(attributeSentences, unknownNames(names, attributes));
  return {
    columns: columns.length > 0 ? columns : null,
    refusals: first === undefined ? [] : [{ param: `attr.${first}`, message: unnamed(asked) }],
    notes:
      gone.length === 0
        ? []
        : [`${unnamed(gone)} ${plural(gone.length, "Its column is", "Their columns are")} left out.`],
  };
}

const toldMax = 20;
const bounded = <Told>(all: Told[], more: (count: string, first: Told) => Told): Told[] => {
  const rest = all[toldMax];
  if (rest === undefined) return all;
  return [...all.slice(0, toldMax), more(formatNumber(all.length - toldMax), rest)];
};

/**
 * Reads the list's URL. Any text is an answer: what cannot be used is left out and noted, or matches nothing.
 * @param known the application's attributes; without them any name may be one
 */
export function readReferralList(
  input: SearchParams | URLSearchParams,
  known: readonly AttributeTitle[] | null = null,
): ReadReferralList {
  const raw = toURLSearchParams(input);
  const given = Object.fromEntries(filterParams.map((param) => [param, raw.get(param) ?? ""]));
  // entries, because an attribute may be called __proto__
  const attributes = [...raw].filter(([name]) => name.startsWith("attr.")).map(([name, text]) => [name.slice(5), text]);
  const texts = { ...given, attributes: Object.fromEntries(attributes) } as FilterTexts;
  const { looks, notes } = readLooks(raw);
  const names = nameRefusals(raw);
  const { filter, refusals } = readFilter(texts);
  const list = { ...texts, ...looks };
  const unknown = known ? unknownAttributes(list, known) : { columns: list.columns, refusals: [], notes: [] };
  const all = [...names.refusals, ...refusals, ...unknown.refusals];
  return {
    list: { ...list, columns: unknown.columns },
    filter: all.length > 0 ? null : filter,
    refusals: bounded(all, (count, { param }) => ({ param, message: `${count} more conditions cannot be met.` })),
    notes: bounded([...notes, ...names.notes, ...unknown.notes], (count) => `${count} more parameters were left out.`),
  };
}

/** Reads the URL of a download: the list's, and its format, null where there is no such format. */
export function readExport(
  input: URLSearchParams,
  known: readonly AttributeTitle[] | null,
): ReadReferralList & { format: ExportFormat | null } {
  const { format: given, rest } = { format: input.get("format") ?? "csv", rest: new URLSearchParams(input) };
  rest.delete("format");
  const read = readReferralList(rest, known);
  const format = exportFormats.find((one) => one === given) ?? null;
  // A file shows no notes, and whoever asked for less must not get all: what is odd about its address is refused, whatever a
  // note says of what was done about it.
  const refusals = [...read.refusals];
  if (read.notes.length > 0) {
    const message = `Nothing is exported, because a file cannot say what of its address counted. A list would say: ${read.notes.join(" ")}`;
    refusals.push({ param: "", message });
  }
  if (!format)
    refusals.push({
      param: "format",
      message: `There is no format “${shortened(given)}”; it can be ${exportFormats.join(", ")}.`,
    });
  return { ...read, format, refusals, filter: refusals.length > 0 ? null : read.filter };
}
