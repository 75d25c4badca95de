import { beforeAll, describe, expect, it } from "vitest";
import type { CampaignIds } from "@/lib/access/scope";
import { getCampaign } from "@/lib/campaigns/queries";
import { searchKey } from "@/lib/codes/folding";
import { db, listDb, pool } from "@/lib/db";
import { instantRange } from "@/lib/instant";
import type { ReferralFilter } from "@/lib/referrals/list/filter/schema";
import { sortOrders } from "@/lib/referrals/list/filter/terms";
import { cursorOf } from "@/lib/referrals/list/order";
import { countReferrals, listReferrals, type ReferralPage } from "@/lib/referrals/list/queries";
import { readReferralList } from "@/lib/referrals/list/read";
import type { ListPage } from "@/lib/referrals/list/search-params";
import { admitted, makeBatch, makeCampaign, type TestCode } from "@/lib/testing/builders";

const everything: ReferralFilter = {};
const searching = (search: string, batch?: string): ReferralFilter => ({ search, ...(batch && { batch }) });
const asked = (filter: ReferralFilter) => ({
  filter,
  sort: "-created" as const,
  zone: "Europe/Berlin",
  now: new Date(),
});
const counted = (scope: CampaignIds, filter: ReferralFilter, page: ReferralPage) =>
  countReferrals(admitted(scope), asked(filter), page.page, Promise.resolve(page));
const exactly = (total: number, before: number) => ({
  total: { count: total, is: "exact" },
  before: { count: before, is: "exact" },
});
const codes = (page: ReferralPage) => page.rows.map((row) => row.code);

function list(scope: CampaignIds, filter = everything, page: ListPage = { at: "first" }, size = 25) {
  return listReferrals(admitted(scope), asked(filter), page, size);
}

function beside(page: ReferralPage, at: "after" | "before"): ListPage {
  const row = at === "after" ? page.rows.at(-1) : page.rows.at(0);
  if (!row) throw new Error("the page is empty");
  return { at, cursor: cursorOf(row, "-created") };
}

/** Follows Next, or Previous from the last page, to the end; each page as the user would see it. */
async function walk(scope: CampaignIds, filter: ReferralFilter, way: "after" | "before", size: number) {
  const pages = [await list(scope, filter, { at: way === "after" ? "first" : "last" }, size)];
  for (let page = pages[0]; page && (way === "after" ? page.hasNext : page.hasPrevious); page = pages.at(-1)) {
    pages.push(await list(scope, filter, beside(page, way), size));
  }
  return pages;
}

/** Many plain codes at once: `CODE00001` is the oldest, and a thousand at a time share their instant. */
async function makeMany(scope: CampaignIds, count: number): Promise<void> {
  await pool.query(
    `INSERT INTO referral (application_id, campaign_id, code, code_key, code_search, advocate_integration_id, usage_limit, origin, created)
     SELECT $1, $2, c, c, lower(c), 'cust', 1, 'created', now() - interval '1 day' + (n / 1000) * interval '1 second'
     FROM (SELECT n, 'CODE' || lpad(n::text, 6, '0') AS c FROM generate_series(1, $3::int) n) codes ORDER BY n`,
    [scope.applicationId, scope.campaignId, count],
  );
  await pool.query("ANALYZE referral");
}

let statements = 0;
for (const client of [db, listDb]) {
  client.$on("query", () => {
    statements += 1;
  });
}

/** Takes the statements of the list's page: its campaign, the rows, and the position. */
async function show(scope: CampaignIds, filter: ReferralFilter, page: ListPage): Promise<void> {
  statements = 0;
  await getCampaign(admitted(scope));
  await counted(scope, filter, await list(scope, filter, page));
}

describe("pages", () => {
  let scope: CampaignIds;
  const expected: string[] = [];
  beforeAll(async () => {
    scope = await makeCampaign();
    for (const size of [7, 1, 30, 25]) {
      const made: TestCode[] = Array.from({ length: size }, (_, index) => ({
        code: `W${expected.length + index}-CODE`,
      }));
      await makeBatch(scope, made);
      expected.push(...made.map(({ code }) => code ?? ""));
    }
    expected.reverse();
    const other = await makeCampaign();
    await makeBatch(other, [{ code: "W1-CODE" }]);
  });

  it.each([1, 2, 7, 25, 62, 63, 64, 250])("of %i rows give every code once, newest first, by Next", async (size) => {
    const pages = await walk(scope, everything, "after", size);
    expect(pages.flatMap(codes)).toEqual(expected);
    expect(pages.slice(0, -1).every((page) => page.rows.length === size)).toBe(true);
  });

  it.each([1, 2, 7, 25, 62, 63, 64, 250])("of %i rows give every code once by Previous from the last", async (size) => {
    const pages = await walk(scope, everything, "before", size);
    const seen = new Set(pages.flatMap(codes));
    expect(pages[0]?.rows.length).toBe(Math.min(size, expected.length));
    expect(codes(pages[0] as ReferralPage)).toEqual(expected.slice(-size));
    expect([...seen].sort()).toEqual([...expected].sort());
    expect(codes(pages.at(-1) as ReferralPage)).toEqual(expected.slice(0, size));
  });

  it("give the same by walking a search", async () => {
    const found = expected.filter((code) => searchKey(code).includes("w1"));
    expect((await walk(scope, searching("W1"), "after", 4)).flatMap(codes)).toEqual(found);
    const backwards = await walk(scope, searching("W1"), "before", 4);
    expect(new Set(backwards.flatMap(codes))).toEqual(new Set(found));
  });

  it("say their exact position", async () => {
    let before = 0;
    for (const page of await walk(scope, everything, "after", 10)) {
      expect(await counted(scope, everything, page)).toMatchObject(exactly(63, before));
      before += page.rows.length;
    }
    for (const filter of [everything, searching("code")]) {
      const last = await list(scope, filter, { at: "last" }, 10);
      expect(await counted(scope, filter, last)).toMatchObject(exactly(63, 53));
    }
  });
});

describe("a cursor", () => {
  it("holds when the codes beside it are deleted", async () => {
    const scope = await makeCampaign();
    const { ids } = await makeBatch(
      scope,
      Array.from({ length: 9 }, (_, n) => ({ code: `KEEP-${n + 1}` })),
    );
    const remove = (gone: string[]) => pool.query("DELETE FROM referral WHERE id = ANY($1::bigint[])", [gone]);
    const first = await list(scope, everything, { at: "first" }, 3);
    const next = beside(first, "after");
    await remove(ids.slice(6, 8));
    expect(codes(await list(scope, everything, next, 3))).toEqual(["KEEP-6", "KEEP-5", "KEEP-4"]);

    await remove(ids.slice(0, 6));
    expect(codes(await list(scope, everything, next, 3))).toEqual(["KEEP-9"]);
    expect(codes(await list(scope, everything, { ...next, at: "before" } as ListPage, 3))).toEqual(["KEEP-9"]);
    await remove(ids);
    expect((await list(scope, everything, next, 3)).rows).toEqual([]);
  });
});

describe("an address", () => {
  it.each(sortOrders)("that is read leads to a page, however far from any code, by %s", async (sort) => {
    const scope = await makeCampaign();
    await makeBatch(scope, [{ code: "ONLY" }]);
    const { first, last } = instantRange;
    const numbers = [first, last].flatMap((instant) => [
      Date.parse(instant) - 1,
      Date.parse(instant),
      Date.parse(instant) + 1,
    ]);
    const places = [...numbers, -62_180_000_000_000, -62_198_755_200_000, 0, 2_147_483_647, "none", "A"];
    const pages = [
      "day-1900-01-01",
      "day-9999-12-31",
      ...places.flatMap((place) => [`after-${place}-5`, `before-${place}-5`]),
    ];
    for (const page of pages) {
      const read = readReferralList({ sort, page });
      const shown = await listReferrals(admitted(scope), { ...asked(read.filter ?? {}), sort }, read.list.page, 25);
      expect({ page, codes: codes(shown) }).toEqual({ page, codes: ["ONLY"] });
    }
  });
});

describe("search", () => {
  let scope: CampaignIds;
  let batchId: string;
  beforeAll(async () => {
    scope = await makeCampaign();
    ({ batchId } = await makeBatch(scope, [
      { code: "REF-7KQ2-M9XA" },
      { code: "友だち-2026" },
      { code: "ŁUKASIK.10" },
    ]));
    await makeBatch(scope, [{ code: "X_7KQ2M9" }, { code: "50%-OFF" }]);
  });

  it.each([
    ["7kq2m9", ["X_7KQ2M9", "REF-7KQ2-M9XA"]],
    ["f-7k", ["REF-7KQ2-M9XA"]],
    ["kq2 m9xa", ["REF-7KQ2-M9XA"]],
    ["łukasik", ["ŁUKASIK.10"]],
    ["友だ", ["友だち-2026"]],
    ["0%off", ["50%-OFF"]],
    ["m9xb", []],
  ])("for %j compares letters and digits alone, in any case", async (text, found) => {
    expect(codes(await list(scope, searching(text)))).toEqual(found);
  });

  it("stays within the batch", async () => {
    expect(codes(await list(scope, searching("7kq2", batchId)))).toEqual(["REF-7KQ2-M9XA"]);
  });
});

describe("a part of an advocate", () => {
  it.each(["an", "N", ".", "a@", "友"])("is found in any place, however short: %s", async (contains) => {
    const scope = await makeCampaign();
    const advocates = ["joAN.Smith", "bob", "an@example.com", "x友だち"];
    const { ids } = await makeBatch(
      scope,
      advocates.map(() => ({})),
    );
    await pool.query(
      `UPDATE referral r SET advocate_integration_id = advocate
       FROM unnest($2::bigint[], $3::text[]) AS given (id, advocate) WHERE r.application_id = $1 AND r.id = given.id`,
      [scope.applicationId, ids, advocates],
    );
    const found = (await list(scope, { advocate: { contains } })).rows.map(({ advocate }) => advocate);
    const expected = advocates.filter((advocate) => advocate.toLowerCase().includes(contains.toLowerCase()));
    expect(found.sort()).toEqual(expected.sort());
  });
});

describe("the batch filter", () => {
  it("shows the batch alone, counted, and nothing of another campaign's", async () => {
    const scope = await makeCampaign();
    const { batchId } = await makeBatch(scope, [{ code: "MINE-1" }, { code: "MINE-2" }]);
    await makeBatch(scope, [{ code: "OTHER-1" }]);
    const filter = { batch: batchId };
    const page = await list(scope, filter, { at: "first" }, 1);
    expect(codes(page)).toEqual(["MINE-2"]);
    expect(await counted(scope, filter, page)).toMatchObject(exactly(2, 0));

    const { id } = await db.campaign.create({
      data: { applicationId: scope.applicationId, name: "Second", features: [] },
    });
    const elsewhere = { applicationId: scope.applicationId, campaignId: id };
    for (const wanted of [filter, searching("mine", batchId)]) {
      const nothing = await list(elsewhere, wanted);
      expect(nothing.rows).toEqual([]);
      expect((await counted(elsewhere, wanted, nothing)).total.count).toBe(0);
    }
    expect((await list(await makeCampaign(), filter)).rows).toEqual([]);
  });
});

describe("at 100,000 codes", () => {
  let small: CampaignIds;
  let large: CampaignIds;
  beforeAll(async () => {
    [small, large] = [await makeCampaign(), await makeCampaign()];
    await makeMany(small, 10);
    await makeMany(large, 100_000);
  });

  it("a page takes as many statements as at 10", async () => {
    const views: [ReferralFilter, ListPage][] = [
      [everything, { at: "first" }],
      [everything, { at: "last" }],
      [searching("CODE-0000"), { at: "first" }],
    ];
    for (const [filter, page] of views) {
      await show(large, filter, page);
      const taken = statements;
      expect(taken).toBeLessThanOrEqual(4);
      await show(small, filter, page);
      await expect.poll(() => statements).toBe(taken); // the count runs beside the rows, and a short list does not wait for it
    }
  });

  it("finds a code that lies far from the cursor", async () => {
    expect(codes(await list(large, searching("code-000007")))).toEqual(["CODE000007"]);
    const far = await list(large, searching("000"), { at: "last" }, 25);
    expect(far.rows.at(-1)?.code).toBe("CODE000001");
    expect(far.hasPrevious).toBe(true);
  });

  it("counts matches exactly up to 10,000, and says that it guesses where there are more", async () => {
    const exact = searching("code-00");
    expect(await counted(large, exact, await list(large, exact))).toMatchObject(exactly(9_999, 0));
    const many = searching("code");
    const page = await list(large, many, { at: "last" });
    const total = { count: 100_000, is: "about" };
    expect(await counted(large, many, page)).toEqual({ total, before: null, after: 0 }); // "the last 25 of about 100,000"
    const inside = await list(large, many, beside(page, "before"));
    expect(await counted(large, many, inside)).toMatchObject({ total, before: { is: "about" }, after: 25 });
    const middle = await list(large, many, { at: "first" }, 250);
    expect(await counted(large, many, middle)).toEqual({ total, before: { count: 0, is: "exact" }, after: null });
  });

  it("knows the position from the end, where the whole is known", async () => {
    const page = await list(large, everything, beside(await list(large, everything, { at: "last" }), "before"));
    expect(await counted(large, everything, page)).toEqual({ ...exactly(100_000, 99_950), after: 25 });
  });

  it("goes to a day before which there are no codes as to the first page", async () => {
    const after = await list(large, everything, { at: "day", day: "2090-01-01" });
    expect(after).toMatchObject({ hasPrevious: false, hasNext: true });
    expect(codes(after)).toEqual(codes(await list(large, everything)));
  });

  it("knows the position of a page in the middle", async () => {
    const page = await list(large, everything, { at: "first" }, 250);
    const next = await list(large, everything, beside(page, "after"), 250);
    expect(await counted(large, everything, next)).toMatchObject(exactly(100_000, 250));
  });
});

it("finds codes by the day they end with, as the list shows it, and others by their minute", async () => {
  const scope = await makeCampaign();
  const ends = { FOURTH: "2026-12-04T23:00:00Z", FIFTH: "2026-12-05T23:00:00Z", NOON: "2026-12-05T11:00:00Z" };
  await makeBatch(
    scope,
    Object.entries(ends).map(([code, validUntil]) => ({ code, validUntil })),
  );
  const found = async (from: string, to: string) =>
    codes(await list(scope, { validUntil: { from, to } })).sort((one, other) => one.localeCompare(other));
  expect(await found("2026-12-04", "2026-12-04")).toEqual(["FOURTH"]);
  expect(await found("2026-12-05", "2026-12-05")).toEqual(["FIFTH", "NOON"]);
  expect(await found("2026-12-06", "2026-12-06")).toEqual([]);
  expect(await found("2026-12-05T12:00", "2026-12-05T12:00")).toEqual(["NOON"]);
  for (const [sort, first] of [
    ["validUntil", ["NOON", "FIFTH"]],
    ["-validUntil", ["FIFTH", "NOON", "FOURTH"]],
  ] as const) {
    const page = await listReferrals(admitted(scope), { ...asked({}), sort }, { at: "day", day: "2026-12-05" }, 25);
    expect(codes(page)).toEqual(first);
  }
});
