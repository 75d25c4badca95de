import { expect, it } from "vitest";
import { readRedemptions, redemptionsHref } from "./search-params";

const [from, to, now] = ["2026-11-01", "2026-11-02", "2026-11-28"].map((day) => new Date(`${day}T00:00:00Z`)) as [
  Date,
  Date,
  Date,
];
const back = (address: string) => readRedemptions(Object.fromEntries(new URL(address, "http://x").searchParams), now);

it("an address says which redemptions, and is read back", () => {
  expect(back(redemptionsHref("/c", { from, to }, "7"))).toEqual({ from, to, before: "7", notes: [] });
  expect(back(redemptionsHref("/c", { from, to }))).toEqual({ from, to, before: null, notes: [] });
});

it("what is not there is the last 30 days, and what cannot be read is noted besides", () => {
  const usual = { from: new Date("2026-10-29T00:00:00Z"), to: now, before: null };
  expect(readRedemptions({}, now)).toEqual({ ...usual, notes: [] });
  const { notes, ...read } = readRedemptions({ from: "yesterday", to: "2026-11-02", before: "x" }, now);
  expect([read, notes.length]).toEqual([usual, 3]);
});
