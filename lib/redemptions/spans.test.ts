import { describe, expect, it } from "vitest";
import { type Span, spanOf, spanStart, stepLabel } from "./spans";

const start = (span: Span, now: string, zone = "Europe/Berlin") => spanStart(span, new Date(now), zone).toISOString();

describe("a span", () => {
  it("begins with an hour, a day or a month of the zone's clocks", () => {
    expect(start("day", "2026-11-28T12:34:56.789Z")).toBe("2026-11-27T13:00:00.000Z");
    expect(start("day", "2026-11-28T12:34:56.789Z", "Asia/Kolkata")).toBe("2026-11-27T13:30:00.000Z");
    expect(start("month", "2026-11-28T23:30:00Z")).toBe("2026-10-30T23:00:00.000Z"); // the 29th in Berlin
    expect(start("month", "2026-03-30T00:00:00Z")).toBe("2026-02-28T23:00:00.000Z");
    expect(start("year", "2026-11-28T12:00:00Z")).toBe("2025-11-30T23:00:00.000Z");
    expect(start("year", "2026-12-31T23:30:00Z", "UTC")).toBe("2026-01-01T00:00:00.000Z");
  });

  it("is what the address asks for, and 30 days where that is none", () => {
    expect(["day", "year", "week", undefined, ["day"]].map(spanOf)).toEqual(["day", "year", "month", "month", "month"]);
  });

  it("has steps that are named as short as they can be", () => {
    const named = (span: Span) => stepLabel(span, new Date("2026-10-31T23:00:00Z"), "Europe/Berlin");
    expect([named("day"), named("month"), named("year")]).toEqual(["00:00", "1 Nov", "Nov 2026"]);
  });
});
