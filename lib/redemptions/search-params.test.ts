import { expect, it } from "vitest";
import { readRedemptions, redemptionsHref } from "./search-params";

const [from, to, now] = ["2026-11-01", "2026-11-02", "2026-11-28"].map((day) => new Date(`${day}T00:00:00Z`)) as [
  Date,
  Date,
  Date,
];
const back = (address: string) => readRedemptions(Object.fromEntries(new URL(address, "http://x").searchParams), now);

it("an address says which redemptions, and is read back", () => {
  expect(back(redemptionsHref("/c", { from, to }, "7"))).toEqual({ range: { from, to }, before: "7", notes: [] });
  expect(back(redemptionsHref("/c", { from, to }))).toEqual({ range: { from, to }, before: null, notes: [] });
  const range = { from, to, advocate: "crm:Łukasik/7 & more", batch: "nxbcayrs" };
  expect(back(redemptionsHref("/c", range))).toEqual({ range, before: null, notes: [] });
});

it("what is not there is the last 30 days, and what cannot be read is noted besides", () => {
  const usual = { range: { from: new Date("2026-10-29T00:00:00Z"), to: now }, before: null };
  expect(readRedemptions({}, now)).toEqual({ ...usual, notes: [] });
  const { notes, ...read } = readRedemptions({ from: "yesterday", to: "2026-11-02", before: "x" }, now);
  expect([read, notes.length]).toEqual([usual, 3]);
});

it("an advocate or a batch that cannot be matches nothing, and never more than was asked", () => {
  for (const asked of [{ batch: "NXBCAYRS" }, { batch: "" }, { advocate: "" }, { advocate: "a".repeat(1001) }]) {
    const { range, notes } = readRedemptions(asked, now);
    expect([range, notes.length]).toEqual([null, 1]);
  }
});
