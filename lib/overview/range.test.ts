import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { zoneProblem } from "@/lib/zone";
import { daysMax, granularities, instantsOf, laterDay, rangeQuery, readRange } from "./range";
import { differenceText, periodText, stepLabel } from "./words";

const zone = "Europe/Berlin";
const now = new Date("2026-11-28T21:17:00Z"); // 22:17 there
const read = (query: string, at = now) => readRange(new URLSearchParams(query), at, zone);

describe("the range of an overview", () => {
  it("is of whole days that end today, and is compared with as many before, to the same quarter of an hour", () => {
    const { range, notes } = read("");
    expect(notes).toEqual([]);
    expect(range).toMatchObject({
      name: "30d",
      by: "day",
      days: 30,
      period: { from: "2026-10-30", to: "2026-11-28" },
      before: { from: "2026-09-30", to: "2026-10-29T22:29" },
    });
    expect(range.steps).toHaveLength(30);
    expect(range.steps.at(-1)).toEqual({
      period: { from: "2026-11-28", to: "2026-11-28" },
      before: { from: "2026-10-29", to: "2026-10-29T22:29" },
    });
    expect(read("range=7d").range.period.from).toBe("2026-11-22");
    expect(read("range=year").range).toMatchObject({ days: 365, by: "month" });
  });

  it("is that of the zone's clocks, also where it is another day", () => {
    expect(read("range=7d", new Date("2026-11-28T23:30:00Z")).range.period.to).toBe("2026-11-29");
    expect(read("range=7d", new Date("2026-11-28T22:59:00Z")).range.before.to).toBe("2026-11-21T23:59");
  });

  it("has weeks from Monday on and months of the calendar, cut at its ends", () => {
    const weeks = read("from=2026-11-04&to=2026-11-17&by=week").range;
    expect(weeks.steps.map(({ period }) => [period.from, period.to])).toEqual([
      ["2026-11-04", "2026-11-08"],
      ["2026-11-09", "2026-11-15"],
      ["2026-11-16", "2026-11-17"],
    ]);
    expect(weeks.before).toEqual({ from: "2026-10-21", to: "2026-11-03" }); // over: whole days
    const months = read("from=2026-01-31&to=2026-03-01&by=month").range;
    expect(months.steps.map(({ period }) => period.to)).toEqual(["2026-01-31", "2026-02-28", "2026-03-01"]);
  });

  it("says what it left out: nothing of an address is guessed", () => {
    for (const query of [
      "range=fortnight",
      "by=hour",
      "from=2026-02-30&to=2026-03-01",
      "from=2026-03-02&to=2026-03-01",
      "from=1999-12-31&to=2026-03-01",
      "from=2001-01-01&to=2026-03-01",
      "from=x&to=y",
      "range=year&from=&to=2026-13-01",
    ])
      expect(read(query).notes, query).toHaveLength(1);
    expect(read("from=2020-01-01&to=2026-01-01&by=day")).toMatchObject({ range: { by: "month" } });
    expect(read("from=2020-01-01&to=2026-01-01&by=day").notes).toHaveLength(1);
  });

  it("is written as it is read back, and its steps are all of it, without gaps", () => {
    const day = fc.integer({ min: 0, max: 36_000 }).map((days) => laterDay("2000-01-01", days));
    const query = fc.oneof(
      fc.constantFrom("7d", "30d", "90d", "year").map((name) => `range=${name}`),
      fc
        .tuple(day, fc.nat(daysMax - 1))
        .map(([from, days]) => `from=${from}&to=${laterDay(from, days)}`)
        .filter((text) => !text.includes("to=21")),
    );
    fc.assert(
      fc.property(query, fc.constantFrom(...granularities), (text, by) => {
        const { range } = read(`${text}&by=${by}`);
        expect(read(rangeQuery(range)).range).toEqual(range);
        expect(range.steps.length).toBeLessThanOrEqual(366);
        expect(range.steps[0]?.period.from).toBe(range.period.from);
        expect(range.steps[0]?.before.from).toBe(range.before.from);
        expect(range.steps.at(-1)?.period.to).toBe(range.period.to);
        expect(range.steps.at(-1)?.before.to).toBe(range.before.to);
        for (const [index, { period, before }] of range.steps.entries()) {
          const next = range.steps[index + 1];
          if (!next) continue;
          expect(next.period.from).toBe(laterDay(period.to, 1));
          expect(next.before.from).toBe(laterDay(before.to, 1));
        }
      }),
    );
  });

  it("begins and ends at a full quarter of an hour in every zone, which tallies count by", () => {
    const zones = Intl.supportedValuesOf("timeZone").filter((name) => zoneProblem(name) === null);
    expect(zones.length).toBeGreaterThan(300);
    const moment = fc.date({ min: new Date("2000-01-02"), max: new Date("2099-12-30"), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...zones), moment, (name, at) => {
        const { range } = readRange(new URLSearchParams("range=7d"), at, name);
        for (const { period, before } of range.steps)
          for (const part of [period, before])
            for (const edge of Object.values(instantsOf(part, name))) expect(edge.getTime() % 900_000).toBe(0);
      }),
    );
  });
});

it("figures are compared in words", () => {
  expect(differenceText(12, 10)).toBe("2 more (+20 %) than");
  expect(differenceText(1_000, 4_000)).toBe("3,000 fewer (−75 %) than");
  expect(differenceText(3, 3)).toBe("as many as");
  expect(differenceText(3, 0)).toBe("3 more than");
  expect(periodText({ from: "2026-11-01", to: "2026-11-01" })).toBe("1 Nov 2026");
  expect(periodText({ from: "2026-10-30", to: "2026-11-28T14:44" })).toBe("30 Oct 2026 – 28 Nov 2026, 14:44");
  expect(stepLabel({ from: "2026-11-01", to: "2026-11-30" }, "month")).toBe("Nov 2026");
  expect(stepLabel({ from: "2026-11-01", to: "2026-11-07" }, "week")).toBe("1 Nov");
});
