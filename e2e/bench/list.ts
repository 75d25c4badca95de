import { operator } from "@/lib/access/actor";
import { admit } from "@/lib/access/scope";
import { type SortOrder, sortOrders } from "@/lib/referrals/list/filter/terms";
import { cursorOf } from "@/lib/referrals/list/order";
import { listReferrals } from "@/lib/referrals/list/queries";
import { readReferralList } from "@/lib/referrals/list/read";
import { type ReferralList, referralPaths } from "@/lib/referrals/list/search-params";
import { report } from "./figures";
import type { Signed } from "./program";
import { median, time } from "./timing";
import type { Workspace } from "./workspace";

/** A page of the list: what it is called, and its path. */
export interface ListPath {
  name: string;
  path: string;
  kind: "page" | "filter";
}

interface ListedRow {
  id: string;
  created: Date;
  code: string;
  advocate_integration_id: string;
  usage_counter: number;
  valid_from: Date | null;
  valid_until: Date | null;
}

/** Pages near and far, filtered and not. Cursors are of real rows at that depth. */
export async function listPaths({ scope, count, raw }: Workspace): Promise<ListPath[]> {
  const paths = referralPaths(scope);
  const rowAt = async (share: number, order: string) => {
    const { rows } = await raw.query<ListedRow>(
      `SELECT id, created, code, advocate_integration_id, usage_counter, valid_from, valid_until FROM referral WHERE application_id = $1 AND campaign_id = $2
       ORDER BY created ${order}, id ${order} LIMIT 1 OFFSET $3`,
      [scope.applicationId, scope.campaignId, Math.floor(share * count)],
    );
    const [row] = rows;
    if (!row) throw new Error("the campaign is empty");
    return row;
  };
  const after = async (share: number) => {
    const row = await rowAt(share, "DESC");
    return paths.list({ page: { at: "after", cursor: { value: row.created.getTime(), id: row.id } } });
  };
  const middle = await rowAt(0.5, "DESC");
  const { rows: batches } = await raw.query<{ batch_id: string }>(
    "SELECT batch_id FROM batch WHERE application_id = $1 AND campaign_id = $2 ORDER BY referral_count DESC LIMIT 1",
    [scope.applicationId, scope.campaignId],
  );
  const batch = batches[0]?.batch_id ?? "";
  const inMiddle = (sort: SortOrder) => {
    const { valid_from: validFrom, valid_until: validUntil, usage_counter: usageCounter, ...row } = middle;
    const cursor = cursorOf({ ...row, id: BigInt(row.id), validFrom, validUntil, usageCounter }, sort);
    return paths.list({ sort, page: { at: "after", cursor } });
  };
  const filtered: [string, Partial<ReferralList>][] = [
    ["search, an advocate", { q: middle.advocate_integration_id }],
    ["search, all advocates (customer)", { q: "customer" }],
    ["search, a name in Cyrillic", { q: "нікітін" }],
    ["search, a name in Cyrillic that none has", { q: "шевченко" }],
    ["advocates with a part of a Greek name, by code", { advocate: "has:παντων", sort: "code" }],
    ["search, no match, by code", { q: "nosuchcode", sort: "code" }],
    ["search, two characters that no code has", { q: "0o" }],
    ["status active", { status: "active" }],
    ["status used up", { status: "used-up" }],
    ["status expired", { status: "expired" }],
    ["created in a month, by code", { created: "2026-01-01..2026-01-31", sort: "code" }],
    ["valid until beyond all", { validUntil: "2040-01-01.." }],
    ["without a batch", { batch: "none" }],
    ["an advocate", { advocate: `is:${middle.advocate_integration_id}` }],
    ["advocates with a text that none has", { advocate: "has:nobody" }],
    ["with a friend", { friend: "any" }],
    ["origin API, which none is of", { origin: "api" }],
    ["redemptions from 18", { redemptions: "18.." }],
    ["redemptions from 500, which none has", { redemptions: "500.." }],
    ["attribute, common value", { attributes: { tier: "is:gold" } }],
    ["attribute, value that none has", { attributes: { tier: "is:platinum" } }],
    ["attribute, range of numbers", { attributes: { reward_points: "50..100" } }],
    ["common and rare together", { status: "active", redemptions: "15.." }],
    ["two rare ones together", { status: "used-up", attributes: { tier: "is:gold", vip: "yes" } }],
  ];
  return [
    { name: "first page", path: paths.list(), kind: "page" },
    { name: "page at a tenth", path: await after(0.1), kind: "page" },
    { name: "page in the middle", path: await after(0.5), kind: "page" },
    { name: "deepest page", path: paths.list({ page: { at: "last" } }), kind: "page" },
    { name: "largest batch", path: paths.list({ batch }), kind: "filter" },
    { name: "largest batch, its last page", path: paths.list({ batch, page: { at: "last" } }), kind: "filter" },
    { name: "search, one match", path: paths.list({ q: middle.code.slice(-7).toLowerCase() }), kind: "filter" },
    { name: "search, no match", path: paths.list({ q: "nosuchcode" }), kind: "filter" },
    { name: "search, common (friend)", path: paths.list({ q: "friend" }), kind: "filter" },
    {
      name: "search, common (friend), last page",
      path: paths.list({ q: "friend", page: { at: "last" } }),
      kind: "filter",
    },
    { name: "search, only in the oldest batch (launch)", path: paths.list({ q: "launch" }), kind: "filter" },
    { name: "search, three characters (7k2)", path: paths.list({ q: "7k2" }), kind: "filter" },
    { name: "search within a batch", path: paths.list({ q: "7k2", batch }), kind: "filter" },
    ...sortOrders
      .filter((sort) => !sort.endsWith("created"))
      .map((sort): ListPath => ({ name: `in the middle by ${sort}`, path: inMiddle(sort), kind: "page" })),
    ...filtered.map(([name, list]): ListPath => ({ name, path: paths.list(list), kind: "filter" })),
  ];
}

/**
 * Fetches a page to its last byte: rows, and the counted position that comes after them.
 * @param as `step` asks for its parts as data, as the browser does on the way to it; Next then wants `_rsc` in the address
 */
export async function fetchPage(
  { address, cookie }: Pick<Signed, "address" | "cookie">,
  path: string,
  as: "step" | "document",
): Promise<void> {
  const url = new URL(path, address);
  if (as === "step") url.searchParams.set("_rsc", "");
  const headers: Record<string, string> = as === "step" ? { cookie, rsc: "1" } : { cookie };
  const response = await fetch(url, { headers, redirect: "error" });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path} was answered ${response.status}: ${text.slice(0, 200)}`);
}

const rounds = 15;
/** How long a whole answer may take, in milliseconds. */
export const limits = { page: 25, filter: 50 };

/**
 * Each list page, by turns: as the browser asks for it on every step and search (rows as data, to the last byte), as a
 * whole document, and its rows' query alone in this process.
 */
export async function benchList({ scope, program }: Workspace, pages: ListPath[]): Promise<void> {
  const times = new Map(
    pages.map(({ path }) => [path, { query: [] as number[], step: [] as number[], document: [] as number[] }]),
  );
  for (let round = -3; round < rounds; round += 1) {
    for (const { path } of pages) {
      const { list, filter } = readReferralList(new URL(path, program.address).searchParams);
      if (!filter) throw new Error(`${path} asks for nothing that can be`);
      const query = await time(() =>
        listReferrals(
          admit(operator, scope, "referrals.read"),
          { filter, sort: list.sort, zone: "Europe/Berlin", now: new Date() },
          list.page,
          list.size,
        ),
      );
      const step = await time(() => fetchPage(program, path, "step"));
      const document = await time(() => fetchPage(program, path, "document"));
      if (round < 0) continue; // warm-up
      const of = times.get(path);
      of?.query.push(query);
      of?.step.push(step);
      of?.document.push(document);
    }
  }
  const of = (path: string, kind: "query" | "step" | "document") => median(times.get(path)?.[kind] ?? []);
  for (const { name, path, kind } of pages) {
    report({ what: `list, ${name}: step, whole answer`, measured: of(path, "step"), unit: "ms", atMost: limits[kind] });
  }
  for (const { name, path } of pages) {
    report({ what: `list, ${name}: query of the rows`, measured: of(path, "query"), unit: "ms" });
    report({ what: `list, ${name}: document, whole answer`, measured: of(path, "document"), unit: "ms" });
  }
  const [first, deepest] = [pages[0]?.path ?? "", pages.find(({ name }) => name === "deepest page")?.path ?? ""];
  report({
    what: "list, deepest page; raw: its first page",
    measured: of(deepest, "step"),
    raw: of(first, "step"),
    unit: "ms",
    atMost: 1.2,
  });
}
