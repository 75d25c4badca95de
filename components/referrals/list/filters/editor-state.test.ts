import { describe, expect, it, test } from "vitest";
import { attributeFilterField, clockRangeField } from "@/lib/referrals/list/filter/schema";
import { clockBound } from "@/lib/zone";
import { type ConditionParam, readCondition } from "./conditions";
import { type Answer, conditionOf } from "./editor-state";

const zone = "Europe/Berlin";
const answer = (given: Partial<Answer>): Answer => ({ mode: "is", from: "", to: "", text: "", words: [], ...given });
const dates = (from: string, to: string, param: ConditionParam = "created") =>
  conditionOf(param, answer({ mode: "dates", from, to }), zone);

describe("a range of dates", () => {
  it("takes days and minutes", () => {
    expect(dates("2026-11-01", "2026-11-02 14:30")).toBe("2026-11-01..2026-11-02T14:30");
    expect(dates("", "2026-11-02T14:30", "attr.at")).toBe("..2026-11-02T14:30");
  });

  it("needs no offset where a time happens twice: it is the first as a start, the second as an end", () => {
    const text = dates("2026-10-25 02:30", "2026-10-25 02:30");
    expect(text).toBe("2026-10-25T02:30");
    const { from, to } = clockRangeField.parse(readCondition("created", String(text)));
    expect(clockBound(String(from), zone, "start").toISOString()).toBe("2026-10-25T00:30:00.000Z");
    expect(clockBound(String(to), zone, "end").toISOString()).toBe("2026-10-25T01:31:00.000Z");
  });

  it("takes a time with an offset for the minute of that instant", () => {
    expect(dates("2026-10-25 02:30 +02:00", "2026-10-25 02:30 +01:00")).toBe("2026-10-25T02:30");
    expect(dates("2026-11-01 14:30 +0100", "")).toBe("2026-11-01T14:30..");
    expect(dates("2026-10-25 02:30 +01:00", "")).toEqual({
      from: "As a start, a time that happens twice is the first. Choose another time.",
    });
    expect(dates("", "2026-10-25 02:30 +02:00")).toEqual({
      to: "As an end, a time that happens twice is the second. Choose another time.",
    });
    expect(dates("2026-11-01 14:30 +05:00", "")).toBe("2026-11-01T10:30..");
    expect(dates("", "2026-12-31T22:59:59Z")).toBe("..2026-12-31T23:59");
  });

  it("takes a time that is left out for the next there is", () => {
    expect(dates("2026-03-29 02:30", "")).toBe("2026-03-29T02:30..");
    expect(clockBound("2026-03-29T02:30", zone, "start").toISOString()).toBe("2026-03-29T01:00:00.000Z");
  });

  test.each([
    ["2026-02-31", "Feb 2026 has 28 days"],
    ["2026-10-25 24:00", "There is no 24:00"],
    ["2026-10-25 02:30:15", "Write a day or a minute"],
    ["tomorrow", "Write a day or a minute"],
  ])("refuses %s", (text, problem) => {
    expect(dates(text, "")).toEqual({ from: expect.stringContaining(problem), to: undefined });
  });
});

describe("values of an attribute", () => {
  const lines = (count: number) => Array.from({ length: count }, (_, n) => String(n));

  it.each(["is", "numbersOneOf", "words"])("are up to 100, all of them, and more are counted: %s", (mode) => {
    const of = (count: number) => answer({ mode, text: lines(count).join("\n"), words: lines(count) });
    const read = attributeFilterField.parse(
      readCondition("attr.tier", String(conditionOf("attr.tier", of(100), zone))),
    );
    expect(read).toMatchObject({ oneOf: { length: 100 } });
    expect(Object.values(conditionOf("attr.tier", of(150), zone))).toEqual([
      "These are 150 values; one condition takes up to 100.",
    ]);
  });
});
