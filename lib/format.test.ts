import { describe, expect, it } from "vitest";
import {
  describeBound,
  formatBound,
  formatBytes,
  formatCount,
  formatDateTime,
  formatDistance,
  formatDuration,
  formatExact,
  formatInstant,
  formatMagnitude,
  formatNamedBound,
  formatNumber,
} from "./format";

const berlin = "Europe/Berlin";

describe("numbers", () => {
  it("groups thousands and chooses the form of the noun", () => {
    expect(formatNumber(1_000_000n)).toBe("1,000,000");
    expect(formatCount(1, "code")).toBe("1 code");
    expect(formatCount(0, "code")).toBe("0 codes");
    expect(formatCount(2, "batch", "batches")).toBe("2 batches");
  });

  it("shortens numbers that nobody reads to the end", () => {
    expect(formatMagnitude(32n ** 8n)).toBe("1,099,511,627,776");
    expect(formatMagnitude(32n ** 20n)).toBe("1.2 × 10³⁰");
  });

  it("shortens bytes and durations", () => {
    expect([0, 999, 1000, 1_440_000, 52_428_800].map(formatBytes)).toEqual([
      "0 bytes",
      "999 bytes",
      "1 kB",
      "1.44 MB",
      "52.4 MB",
    ]);
    expect([0, 412, 9_949, 9_950, 59_000, 185_000, 7_440_000, 3_600_000].map(formatDuration)).toEqual([
      "0 s",
      "0.4 s",
      "9.9 s",
      "10 s",
      "59 s",
      "3 min 5 s",
      "2 h 4 min",
      "1 h",
    ]);
  });
});

describe("times", () => {
  it("shows an instant on the clocks of the zone", () => {
    expect(formatDateTime(new Date("2026-11-22T13:03:59Z"), berlin)).toBe("22 Nov 2026, 14:03");
    expect(formatDateTime(new Date("2026-09-02T15:20:00Z"), berlin)).toBe("2 Sep 2026, 17:20");
    expect(formatInstant(new Date("2026-11-22T23:03:00Z"), berlin)).toBe(
      "23 Nov 2026, 00:03 Europe/Berlin (22 Nov 2026, 23:03 UTC)",
    );
  });

  it("shows an exclusive end as the last day it covers", () => {
    expect(formatBound(new Date("2027-01-31T23:00:00Z"), berlin, "end")).toBe("31 Jan 2027");
    expect(formatBound(new Date("2027-01-31T23:00:00Z"), berlin, "start")).toBe("1 Feb 2027");
    expect(formatBound(new Date("2027-01-31T13:30:00Z"), berlin, "end")).toBe("31 Jan 2027, 14:30");
  });

  it("says in full what a bound means", () => {
    const end = new Date("2027-01-31T23:00:00Z");
    expect(describeBound(end, berlin, "end")).toBe("Valid through 31 Jan 2027, 23:59 Europe/Berlin (22:59 UTC)");
    expect(describeBound(new Date("2027-01-31T13:30:00Z"), berlin, "end")).toBe(
      "Valid until 31 Jan 2027, 14:30 Europe/Berlin (13:30 UTC)",
    );
    expect(describeBound(new Date("2027-01-31T13:30:05Z"), berlin, "end")).toBe(
      "Valid until 31 Jan 2027, 14:30:05 Europe/Berlin (13:30:05 UTC)",
    );
    expect(describeBound(end, berlin, "start", "Runs")).toBe(
      "Runs from 1 Feb 2027, 00:00 Europe/Berlin (31 Jan 2027, 23:00 UTC)",
    );
    const named = (at: string, bound: "start" | "end") => formatNamedBound(new Date(at), berlin, bound);
    expect(named("2027-01-31T23:00:00Z", "end")).toBe("through 31 Jan 2027, 23:59 Europe/Berlin (22:59 UTC)");
    expect(named("2027-01-31T13:30:00Z", "end")).toBe("31 Jan 2027, 14:30 Europe/Berlin (13:30 UTC)");
    expect(named("2027-01-31T13:30:00Z", "start")).toBe("31 Jan 2027, 14:30 Europe/Berlin (13:30 UTC)");
  });
});

it.each([
  [2500, "2,500"],
  [12.345, "12.345"],
  [0.1, "0.1"],
  [0.30000000000000004, "0.30000000000000004"],
  [-1234.5678, "-1,234.5678"],
  [1e-21, "1e-21"],
  [0, "0"],
])("shows %d with all its digits", (value, text) => expect(formatExact(value)).toBe(text));

it.each([
  ["2026-11-28T12:00:59Z", "now"],
  ["2026-11-28T11:59:00Z", "1 minute ago"],
  ["2026-11-28T13:20:00Z", "in 80 minutes"],
  ["2026-11-28T14:00:00Z", "in 2 hours"],
  ["2026-11-27T11:00:00Z", "25 hours ago"],
  ["2026-11-30T12:00:00Z", "in 2 days"],
  ["2026-12-18T12:00:00Z", "in 20 days"],
  ["2026-12-31T12:00:00Z", "in 5 weeks"],
  ["2026-06-01T12:00:00Z", "6 months ago"],
  ["2028-11-28T12:00:00Z", "in 2 years"],
  ["9999-12-31T23:59:59Z", "in 7,973 years"],
])("%s is %s", (instant, text) => {
  expect(formatDistance(new Date(instant), new Date("2026-11-28T12:00:00Z"))).toBe(text);
});
