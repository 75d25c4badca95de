import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ReferralFilter, referralFilterField } from "@/lib/referrals/list/filter/schema";
import { type SortOrder, sortOf, sortOrders } from "@/lib/referrals/list/filter/terms";
import { filterParams, filterTexts } from "@/lib/referrals/list/filter/text";
import { readExport, readReferralList } from "@/lib/referrals/list/read";
import {
  columnIds,
  densities,
  type ListPage,
  pageSizes,
  type ReferralList,
  referralPaths,
  wholeList,
  withoutParam,
} from "@/lib/referrals/list/search-params";
import { anyFilter } from "@/lib/testing/filters";

const paths = referralPaths({ applicationId: 1, campaignId: 2 });
const base = "/applications/1/campaigns/2/referrals";
const read = (query: string) => readReferralList(new URLSearchParams(query));
const reread = (list: Partial<ReferralList>) => readReferralList(new URL(paths.list(list), "http://host").searchParams);

const id = fc.bigInt(1n, 10n ** 18n - 1n).map(String);
function cursors(sort: SortOrder) {
  const { key } = sortOf(sort);
  if (key === "code") return fc.string({ unit: "grapheme", minLength: 4, maxLength: 30 });
  if (key === "redemptions") return fc.nat();
  const instant = fc.integer({ min: -(2 ** 45), max: 2 ** 47 });
  return key === "created" ? instant : fc.option(instant);
}
const looks = fc.constantFrom(...sortOrders).chain((sort) => {
  const pages: fc.Arbitrary<ListPage>[] = [
    fc.constantFrom<ListPage>({ at: "first" }, { at: "last" }),
    fc.record({
      at: fc.constantFrom("after" as const, "before" as const),
      cursor: fc.record({ value: cursors(sort), id }),
    }),
  ];
  if (!/code|redemptions/.test(sort)) pages.push(fc.constant({ at: "day", day: "2026-11-22" }));
  return fc.record({
    sort: fc.constant(sort),
    page: fc.oneof(...pages),
    size: fc.constantFrom(...pageSizes),
    columns: fc.option(fc.uniqueArray(fc.constantFrom(...columnIds, "attr.tier" as const), { minLength: 1 })),
    density: fc.constantFrom(...densities),
    view: fc.option(id),
  });
});

describe("the list's URL", () => {
  it("is bare for the whole list, newest first", () => {
    expect(paths.list()).toBe(base);
    expect(paths.list(wholeList)).toBe(base);
    expect(read("")).toEqual({ list: wholeList, filter: {}, refusals: [], notes: [] });
  });

  it("can be read by people", () => {
    const filter: ReferralFilter = {
      search: "7kq2",
      status: ["active", "used up"],
      created: { from: "2026-11-01", to: "2026-11-30" },
      validUntil: "unset",
      advocate: { contains: "anna@example.com" },
      redemptions: { from: 3, to: null },
      attributes: { tier: { oneOf: ["gold", "silver"] }, vip: { oneOf: [true] } },
    };
    expect(paths.list({ ...filterTexts(filter), sort: "-validUntil" })).toBe(
      `${base}?q=7kq2&status=active,used-up&created=2026-11-01..2026-11-30&validUntil=none&advocate=has:anna@example.com&redemptions=3..&attr.tier=is:gold,silver&attr.vip=yes&sort=-validUntil`,
    );
  });

  it("says the same after a round trip: filter, order, page and looks", () => {
    fc.assert(
      fc.property(anyFilter, looks, (filter, shown) => {
        const answer = reread({ ...shown, ...filterTexts(filter) });
        expect(answer).toEqual({
          list: { ...shown, ...filterTexts(filter) },
          filter: referralFilterField.parse(filter),
          refusals: [],
          notes: [],
        });
      }),
      { numRuns: 1000 },
    );
  });

  it("gives the same from a page's searchParams as from a URL", () => {
    expect(readReferralList({ q: "ab", batch: undefined, size: "25", _rsc: ["x", "y"] })).toEqual(read("q=ab&size=25"));
  });

  it("gives the export what the list shows, without page and size", () => {
    expect(paths.export({ q: "a b", batch: "tqyrgahe", size: 25, page: { at: "last" } })).toBe(
      `${base}/export?q=a+b&batch=tqyrgahe`,
    );
    expect(paths.export()).toBe(`${base}/export`);
    expect(paths.export({}, "xlsx")).toBe(`${base}/export?format=xlsx`);
  });

  it("offers the list without the condition that cannot be read", () => {
    const { list, refusals } = read("status=funny&attr.tier=is:gold&attr.vip=perhaps");
    expect(refusals.map(({ param }) => param)).toEqual(["status", "attr.vip"]);
    const mended = refusals.reduce((rest, { param }) => withoutParam(rest, param), list);
    expect(reread(mended).filter).toEqual({ attributes: { tier: { oneOf: ["gold"] } } });
  });
});

describe("a condition that cannot be met", () => {
  it.each([
    ["batch=x", "is no Batch ID"],
    ["batch=TQYRGAHE", "is no Batch ID"],
    ["batch=' OR 1=1", "is no Batch ID"],
    ["status=active,funny", "can be active, scheduled"],
    ["status=,", "can be active, scheduled"],
    ["created=yesterday", "is no day such as 2026-11-01"],
    ["created=2026-11-30..2026-11-01", "ends before it starts"],
    ["created=..", "A range has a start"],
    ["created=none", "is no day"],
    ["validUntil=2026-1-1", "is no day"],
    ["advocate=anna", "is:anna for the whole"],
    ["advocate=is:", "is:anna for the whole"],
    ["redemptions=-1", "can be none, some"],
    ["redemptions=1..2..3", "can be none, some"],
    ["redemptions=10..3", "ends before it starts"],
    ["redemptions=1.5", "whole numbers"],
    ["selection=x", "An id is a positive whole number"],
    ["attr.tier=", null],
    ["attr.tier=gold", "is:gold,silver"],
    ["attr.points=1..x", "is:gold,silver"],
    ["attr.__proto__=is:x", "cannot be read"],
    ["attr.=is:x", "cannot be read"],
    ["q=!", "has no letter or digit"],
    ["q=a%00b", "a character that no code can have"],
    [`q=${"a".repeat(1001)}`, "too long"],
    ["Status=active", "“status” is"],
    ["valid_until=none", "“validUntil” is"],
    ["attribute.tier=is:gold", "“attr.<name>” is"],
    ["batch=aaaaaaaa&batch=bbbbbbbb", "more than once"],
    ["q=a&q=b", "more than once"],
  ])("%s matches nothing, and says so", (query, message) => {
    const { filter, refusals } = read(query);
    if (message === null) return expect(refusals).toEqual([]);
    expect(filter).toBeNull();
    expect(refusals[0]?.message).toContain(message);
  });

  it("is never left out, whatever stands there: the list never gets wider than asked", () => {
    const names = fc.constantFrom(...filterParams, "attr.tier", "attr.vip", "attr.x", "attr.__proto__");
    const texts = fc.oneof(
      fc.string(),
      fc.constantFrom("none", "any", "..", "1..", "is:", "is:x", "yes", "2026-11-01"),
    );
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(names, texts), { selector: ([name]) => name }), (params) => {
        const { filter } = readReferralList(new URLSearchParams(params));
        if (!filter) return;
        const asked = params.filter(([, text]) => text.trim() !== "").map(([name]) => name);
        const { attributes = {}, search, ...rest } = filter;
        const kept = [...Object.keys(rest), ...Object.keys(attributes).map((name) => `attr.${name}`)];
        expect([...kept, ...(search === undefined ? [] : ["q"])].sort()).toEqual(asked.sort());
        expect(referralFilterField.parse(filter)).toEqual(filter);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a filter that does not come from an address", () => {
  it.each(["!", " ", "-_.", "“”"])("cannot search for %j, which every code would match", (search) => {
    const { success, error } = referralFilterField.safeParse({ search });
    expect(success).toBe(false);
    expect(error?.issues[0]?.message).toContain("has no letter or digit");
  });
});

describe("what only decides how the list is shown", () => {
  const sizes = ["0", "-1", "51", "1e2", "50.0", "NaN", "９９", "50'; DROP TABLE referral;--", "\u0000"];
  const pages = [
    "2",
    "after",
    "after-1-0",
    "after-x-1",
    "after-none-1",
    "before-253402300800000-1",
    "after--62135596800001-5",
    "after--62180000000000-5",
    "after-1-1234567890123456789",
    "day-2026-02-30",
    "day-x",
  ];
  it.each([
    ...sizes.map((size) => `size=${size}`),
    ...pages.map((page) => `page=${page}`),
    "sort=code&page=day-2026-11-01",
    "sort=code&page=after-%ED%A0%80%00-1",
    "sort=-redemptions&page=after-x-1",
    "sort=price",
    "density=airy",
    "view=mine",
    "columns=code,price",
    "columns=attr.1",
    "utm_source=mail",
  ])("is left out with a note: %s", (query) => {
    const { filter, notes } = read(query);
    expect(filter).toEqual({});
    expect(notes).toHaveLength(1);
  });

  it("keeps columns that there are, in their order, once", () => {
    expect(read("columns=attr.tier,code,code").list.columns).toEqual(["attr.tier", "code"]);
  });

  it("reads any query string without throwing", () => {
    const names = fc.constantFrom(...filterParams, "page", "size", "sort", "columns", "density", "view", "x");
    fc.assert(
      fc.property(fc.dictionary(names, fc.string({ unit: "binary" })), (query) => {
        const { list, filter, refusals } = readReferralList(query);
        expect(pageSizes).toContain(list.size);
        expect(refusals.length > 0).toBe(filter === null);
        expect(() => paths.list(list)).not.toThrow();
      }),
    );
  });
});

describe("the address of a download", () => {
  const asked = (query: string) => readExport(new URLSearchParams(query), null);

  it("may say what a list's does, and a format", () => {
    expect(asked("batch=nxbcayrs&sort=code&format=xlsx")).toMatchObject({
      format: "xlsx",
      filter: { batch: "nxbcayrs" },
    });
    expect(asked("")).toMatchObject({ format: "csv", filter: {}, refusals: [] });
  });

  it.each([
    ["batchId=nxbcayrs", "batchId"],
    ["batches=nxbcayrs", "batches"],
    ["search=foo", "search"],
    ["limit=10", "limit"],
    ["batch=", "batch"],
    ["status=+", "status"],
    ["attr.tier=", "attr.tier"],
    ["sort=sideways", "sideways"],
    ["format=pdf", "pdf"],
  ])("is refused for ?%s, which would give more than was asked for", (query, named) => {
    const { filter, refusals } = asked(query);
    expect(filter).toBeNull();
    expect(refusals.map(({ message }) => message).join(" ")).toContain(named);
  });
});

describe("attributes that an address names", () => {
  const known = [{ name: "tier", title: "Tier", type: "string" as const }];
  const readKnown = (query: string) => readReferralList(new URLSearchParams(query), known);

  it.each(["attr.nothere=none", "attr.TIER=none", "attr.nothere=is:x&attr.tier=is:gold"])(
    "match nothing where there are none: %s",
    (query) => {
      const { filter, refusals } = readKnown(query);
      expect(filter).toBeNull();
      expect(refusals.map(({ message }) => message).join()).toMatch(/There is no attribute “\w+”; .* has tier\./);
    },
  );

  it("are columns only where there are some", () => {
    const { list, filter, notes } = readKnown("columns=code,attr.tier,attr.nothere");
    expect(list.columns).toEqual(["code", "attr.tier"]);
    expect(filter).toEqual({});
    expect(notes).toEqual([expect.stringContaining("There is no attribute “nothere”")]);
    expect(readExport(new URLSearchParams("columns=attr.nothere"), known).filter).toBeNull();
  });
});

it.each([
  "status=",
  "q=%20",
  "attr.tier=",
  "_utm=active",
  "sort=code&sort=-code",
  "page=last&page=first",
  "__proto__=x",
])("says what became of %s", (query) => {
  const { filter, notes } = read(query);
  expect(filter).toEqual({});
  expect(notes).toHaveLength(1);
  expect(readExport(new URLSearchParams(query), null).filter).toBeNull();
});
