import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { campaignStatus, charactersProblem, codeFromPattern, combinations, patternProblem } from "./rules";

describe("campaignStatus", () => {
  const now = new Date("2026-11-22T12:00:00Z");
  const before = new Date("2026-11-01T00:00:00Z");
  const after = new Date("2026-12-01T00:00:00Z");

  it.each([
    ["running", { state: "enabled", startTime: null, endTime: null }],
    ["running", { state: "enabled", startTime: now, endTime: after }],
    ["scheduled", { state: "enabled", startTime: after, endTime: null }],
    ["ended", { state: "enabled", startTime: before, endTime: now }],
    ["disabled", { state: "disabled", startTime: before, endTime: after }],
    ["archived", { state: "archived", startTime: null, endTime: null }],
  ])("is %s", (status, campaign) => {
    expect(campaignStatus(campaign, now)).toBe(status);
  });
});

describe("patternProblem", () => {
  it.each(["####", "REF-####-####", "a.b_c%d+e@f-#", `${"x".repeat(99)}#`])("accepts %s", (pattern) => {
    expect(patternProblem(pattern)).toBeNull();
  });

  it.each([
    ["###", "A pattern is as long as its codes, 4 to 100 characters; this one has 3."],
    [`${"x".repeat(100)}#`, "A pattern is as long as its codes, 4 to 100 characters; this one has 101."],
    [
      "REF ####",
      "The pattern contains a space. Use letters A to Z, digits and . _ % + @ - with # for each random character.",
    ],
    [
      "ÄBC-####",
      "The pattern contains “Ä”. Use letters A to Z, digits and . _ % + @ - with # for each random character.",
    ],
    ["SUMMER", "“SUMMER” has no #, so it makes one code only. Put a # for each random character."],
  ])("refuses %s", (pattern, sentence) => {
    expect(patternProblem(pattern)).toBe(sentence);
  });
});

describe("charactersProblem", () => {
  it.each([
    ["AB", null],
    ["A", "Name at least two characters to choose from, such as ABCDEFGHJKLMNPQRSTUVWXYZ23456789."],
    ["ABA", "“A” stands there twice. Name each character once."],
    ["A,B", "The characters contain “,”. Use letters A to Z and digits only, without anything between them."],
  ])("answers %s", (characters, sentence) => {
    expect(charactersProblem(characters)).toBe(sentence);
  });
});

describe("combinations", () => {
  it("counts what the case rule keeps apart", () => {
    expect(combinations("REF-##", "ABC", "insensitive-uppercase")).toBe(9n);
    expect(combinations("REF-##", "ABCabc", "insensitive-uppercase")).toBe(9n);
    expect(combinations("REF-##", "ABCabc", "sensitive")).toBe(36n);
    expect(combinations("#".repeat(100), "01", "sensitive")).toBe(2n ** 100n);
  });
});

describe("codeFromPattern", () => {
  it("fills each # with one of the characters and keeps the rest", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Z#-]{4,20}$/),
        fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
        (pattern, dice) => {
          const code = codeFromPattern(pattern, "XYZ", (count) => (dice.shift() ?? 0) % count);
          expect(code).toHaveLength(pattern.length);
          [...pattern].forEach((character, index) => {
            if (character === "#") expect("XYZ").toContain(code[index]);
            else expect(code[index]).toBe(character);
          });
        },
      ),
    );
  });
});
