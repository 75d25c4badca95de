import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { said } from "@/lib/testing/said";
import {
  charactersProblem,
  chooseFree,
  codeAt,
  codeSpace,
  drawCode,
  longerPattern,
  numberOf,
  patternProblem,
  readableCharacters,
  sampleCodes,
  secureRandom,
} from "./generator";
import { type CaseRule, codeProblem, foldCode } from "./rules";

const pattern = fc.stringMatching(/^[A-Za-z0-9._%+@-]{2,6}#{1,3}[a-z]{0,3}#?$/);
const characters = fc.stringMatching(/^[A-Za-z0-9äΩ+.-]{2,12}$/u);
const rule = fc.constantFrom<CaseRule>("insensitive-uppercase", "insensitive-lowercase", "sensitive");
const validSpace = fc
  .tuple(pattern, characters, rule)
  .filter(([, given, caseRule]) => charactersProblem(given, caseRule) === null)
  .map(([text, given, caseRule]) => ({ space: codeSpace(text, given, caseRule), caseRule }));

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
    expect(said(patternProblem(pattern))).toBe(sentence);
  });
});

describe("charactersProblem", () => {
  it.each<[string, CaseRule, string | null]>([
    [readableCharacters, "insensitive-uppercase", null],
    ["ab", "insensitive-uppercase", null],
    ["äß", "sensitive", null],
    ["aA", "sensitive", null],
    [
      "aA",
      "insensitive-uppercase",
      `“aA” holds only one character (upper and lower case count as one here): give at least two different ones, such as ${readableCharacters}.`,
    ],
    [
      "7",
      "sensitive",
      `“7” holds only one character: give at least two different ones, such as ${readableCharacters}.`,
    ],
    ["", "sensitive", `“” holds no character: give at least two different ones, such as ${readableCharacters}.`],
    [
      "A B",
      "sensitive",
      "The characters contain a space; write them without spaces: a code has letters, digits and . _ % + @ # - only.",
    ],
    ["AB,C", "sensitive", "The characters contain “,”; remove it: a code has letters, digits and . _ % + @ # - only."],
    [
      "AßB",
      "insensitive-uppercase",
      "“ß” becomes “SS” in this application, which is more than one character; remove it.",
    ],
  ])("judges “%s” (%s)", (given, caseRule, sentence) => {
    expect(said(charactersProblem(given, caseRule))).toBe(sentence);
  });
});

describe("codeSpace", () => {
  it.each<[string, string, CaseRule, bigint]>([
    ["####-####", readableCharacters, "insensitive-uppercase", 32n ** 8n],
    ["VIP-##", "0123456789", "sensitive", 100n],
    ["VIP-##", "aA", "sensitive", 4n],
    ["VIP-##", "aAbB", "insensitive-lowercase", 4n],
    ["VIP-##", "AAAB", "sensitive", 4n],
    ["#".repeat(100), "01", "sensitive", 2n ** 100n],
  ])("counts the codes of %s over %s (%s)", (text, given, caseRule, capacity) => {
    expect(codeSpace(text, given, caseRule).capacity).toBe(capacity);
  });

  it("numbers its codes one to one, and each is valid and as it will be stored", () => {
    fc.assert(
      fc.property(validSpace, ({ space, caseRule }) => {
        const all = new Set<string>();
        const looked = Number(space.capacity < 2000n ? space.capacity : 2000n);
        for (let number = 0; number < looked; number += 1) {
          const code = codeAt(space, number);
          expect(numberOf(space, code)).toBe(number);
          expect(foldCode(code, caseRule)).toBe(code);
          expect(codeProblem(code.padEnd(4, "x"))).toBeNull();
          all.add(code);
        }
        expect(all.size).toBe(looked);
      }),
    );
  });

  it("does not know the codes of another space", () => {
    const space = codeSpace("VIP-##", "AB", "sensitive");
    for (const code of ["VIP-AC", "VIP-A", "VIP-AAA", "VAP-AA", ""]) expect(numberOf(space, code)).toBeNull();
  });
});

describe("drawing", () => {
  it("gives every code of a small space about equally often", () => {
    const space = codeSpace("AB-#", "ABCDEFG", "sensitive");
    const random = secureRandom();
    const counts = new Map<string, number>();
    const draws = 70_000;
    for (let draw = 0; draw < draws; draw += 1) {
      const code = drawCode(space, random);
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    const expected = draws / 7;
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(counts.size).toBe(7);
    expect(chiSquare).toBeLessThan(40); // 6 degrees of freedom: a fair source exceeds this once in two million runs
  });

  it("gives different free codes only, and all of them if asked", () => {
    fc.assert(
      fc.property(validSpace, fc.nat(300), fc.nat(300), ({ space }, usedCount, wanted) => {
        fc.pre(space.capacity <= 5000n);
        const capacity = Number(space.capacity);
        const used = Array.from({ length: Math.min(usedCount, capacity) }, (_, index) => codeAt(space, index));
        const drawn = chooseFree(space, [...used, "elsewhere"], wanted, secureRandom());
        expect(drawn.length).toBe(Math.min(wanted, capacity - used.length));
        expect(new Set([...used, ...drawn]).size).toBe(used.length + drawn.length);
        for (const code of drawn) expect(numberOf(space, code)).not.toBeNull();
      }),
    );
  });

  it("fills the last hundredth of a space", () => {
    const space = codeSpace("####", "0123456789", "sensitive");
    const used = Array.from({ length: 9_900 }, (_, number) => codeAt(space, number));
    expect(chooseFree(space, used, 100, secureRandom()).sort()).toEqual(
      Array.from({ length: 100 }, (_, index) => codeAt(space, 9_900 + index)).sort(),
    );
  });

  it("stays within its bound", () => {
    const random = secureRandom();
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 }), (below) => {
        const value = random(below);
        expect(Number.isInteger(value) && value >= 0 && value < below).toBe(true);
      }),
    );
  });
});

describe("sampleCodes", () => {
  it("shows codes of the space, the same ones every time", () => {
    const space = codeSpace("vip-####", "ab12", "insensitive-uppercase");
    const samples = sampleCodes(space, 5);
    expect(samples).toHaveLength(5);
    for (const sample of samples) expect(numberOf(space, sample)).not.toBeNull();
    expect(sampleCodes(space, 5)).toEqual(samples);
  });

  it.each([
    ["VIP-#", "AB", 2],
    ["VIP-#", "ABCDE", 5],
    ["VIP-#", "0123456789", 5],
    ["VIP-##", "0123456789", 5],
    ["VIP-####", "0123456789", 5],
  ])("shows as many of %s with %s as there are, up to five", (given, from, count) => {
    expect(new Set(sampleCodes(codeSpace(given, from, "sensitive"), 5)).size).toBe(count);
  });
});

describe("longerPattern", () => {
  it.each([
    ["VIP-##", 1000n, "VIP-###"],
    ["VIP-##", 100n, "VIP-##"],
    ["VIP-##", 10_000_000n, "VIP-#######"],
    [`${"x".repeat(99)}#`, 100n, null],
  ])("makes %s hold %d codes", (given, needed, expected) => {
    expect(longerPattern(codeSpace(given, "0123456789", "sensitive"), needed)).toBe(expected);
  });
});
