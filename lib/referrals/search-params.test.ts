import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ListPage, pageSizes, readReferralList, referralPaths } from "@/lib/referrals/search-params";

const paths = referralPaths({ applicationId: 1, campaignId: 2 });
const base = "/applications/1/campaigns/2/referrals";
const read = (query: string) => readReferralList(new URLSearchParams(query));

describe("the list's URL", () => {
  it("is bare for the whole list, newest first", () => {
    expect(paths.list()).toBe(base);
    expect(paths.list({ q: "", batch: "", page: { at: "first" }, size: 50 })).toBe(base);
    expect(read("")).toEqual({
      list: { q: "", batch: "", page: { at: "first" }, size: 50 },
      filter: { search: null, batchId: null },
      refusals: [],
      notes: [],
    });
  });

  it("says the same after a round trip", () => {
    const cursor = fc.record({ created: fc.nat(2 ** 45), id: fc.bigInt(1n, 10n ** 18n - 1n).map(String) });
    const page = fc.oneof(
      fc.constantFrom<ListPage>({ at: "first" }, { at: "last" }),
      fc.record({ at: fc.constantFrom("after" as const, "before" as const), cursor }),
    );
    const list = fc.record({
      q: fc.string({ unit: "grapheme", maxLength: 30 }),
      batch: fc.stringMatching(/^[a-z]{8}$/),
      page,
      size: fc.constantFrom(...pageSizes),
    });
    fc.assert(
      fc.property(list, (wanted) => {
        const url = new URL(paths.list(wanted), "http://host");
        expect(readReferralList(url.searchParams).list).toEqual(wanted);
      }),
    );
  });

  it("gives the same from a page's searchParams as from a URL", () => {
    expect(readReferralList({ q: "ab", batch: undefined, size: "25", other: ["x", "y"] })).toEqual(
      read("q=ab&size=25"),
    );
  });

  it("gives the export what the list shows, without page and size", () => {
    expect(paths.export({ q: "a b", batch: "tqyrgahe" })).toBe(`${base}/export?q=a+b&batch=tqyrgahe`);
    expect(paths.export()).toBe(`${base}/export`);
  });
});

describe("search", () => {
  it("folds case and punctuation", () => {
    expect(read("q=ref-7Kq2.").filter?.search).toBe("ref7kq2");
    expect(read("q=%20%20").filter).toEqual({ search: null, batchId: null });
  });

  it.each(["---", "%", "_", "\u0000", "🎉"])("matches nothing, and says so, for %j", (text) => {
    const { filter, refusals } = readReferralList({ q: text });
    expect(filter).toBeNull();
    expect(refusals).toHaveLength(1);
  });

  it("drops what the database cannot store before it gets there", () => {
    expect(readReferralList({ q: "a\u0000b%_\\" }).filter?.search).toBe("ab");
  });

  it("refuses a text longer than any code", () => {
    expect(read(`q=${"a".repeat(201)}`).filter).toBeNull();
  });
});

describe("hostile values", () => {
  const bad = ["0", "-1", "51", "1e2", "50.0", "NaN", "９９", "50'; DROP TABLE referral;--", "\u0000"];
  it.each(bad)("falls back to 50 a page, with a note, for size %j", (size) => {
    const { list, notes } = readReferralList({ size });
    expect(list.size).toBe(50);
    expect(notes).toHaveLength(1);
  });

  const pages = [
    "2",
    "after",
    "after-1-0",
    "after-x-1",
    "after--1-1",
    "before-253402300800000-1",
    "after-1-1234567890123456789",
    "after-1-1-1",
  ];
  it.each(pages)("shows the first page, with a note, for page %j", (page) => {
    const { list, filter, notes } = readReferralList({ page });
    expect(list.page).toEqual({ at: "first" });
    expect(filter).not.toBeNull();
    expect(notes).toHaveLength(1);
  });

  it.each(["x", "TQYRGAHE", "tqyrgahe ", "tqyrgahez", "\u0000", "' OR 1=1"])(
    "never shows a wider set for batch %j",
    (batch) => {
      const { filter, refusals } = readReferralList({ batch });
      expect(filter).toBeNull();
      expect(refusals[0]).toContain("is no Batch ID");
    },
  );

  it("shows nothing when a filter is given twice", () => {
    expect(read("batch=aaaaaaaa&batch=bbbbbbbb").filter).toBeNull();
    expect(read("q=a&q=b").filter).toBeNull();
    expect(read("q=a&q=a").filter?.search).toBe("a");
  });

  it("reads any query string without throwing", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom("q", "batch", "page", "size"), fc.string()), (query) => {
        const { list, filter, refusals } = readReferralList(query);
        expect(pageSizes).toContain(list.size);
        expect(refusals.length > 0).toBe(filter === null);
      }),
    );
  });
});
