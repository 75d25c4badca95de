import { expect, test } from "vitest";
import { meantCodes, pastedCodes } from "./rules";

const fold = (code: string) => code.toUpperCase();
const meant = (text: string, ...codes: string[]) =>
  meantCodes(pastedCodes(text, fold), new Map(codes.map((code) => [code, code])), fold);

test.each([
  "abc-1",
  "_ABC-1_",
  "#ABC-1",
  "@ABC-1",
  "ABC-1%",
  "(ABC-1).",
  "A\u00ADBC\u200B-1",
  "\uFEFFABC-1",
  "ABC\u20111",
  "ABC–1",
  "ABC—1",
  "ABC−1",
  "ＡＢＣ－１",
  "＃ABC-1",
])("“%s” is found", (text) => {
  expect(meant(text, "ABC-1")).toEqual({ found: ["ABC-1"], missing: [], duplicates: 0 });
});

test("a code with marks is found with them, and once however it is written", () => {
  expect(meant("#ABC. #abc ABC—1 ABC-1.", "#ABC", "ABC-1")).toEqual({
    found: ["#ABC", "ABC-1"],
    missing: [],
    duplicates: 2,
  });
});

test("what is too short for a code is none, and is not counted", () => {
  expect(meant("Code,Redemptions\nABCD,0\n0,0 12 % A—B ---- +12% 🐢", "ABCD")).toEqual({
    found: ["ABCD"],
    missing: ["CODE", "REDEMPTIONS"],
    duplicates: 0,
  });
});

test("codes with a long dash between them are two", () => {
  expect(meant("WELCOME1—WELCOME2, WELCOME1—never", "WELCOME1", "WELCOME2")).toEqual({
    found: ["WELCOME1", "WELCOME2"],
    missing: ["NEVER"],
    duplicates: 1,
  });
});

test("a piece that is too long for a code is none, whatever it begins with", () => {
  expect(meant(`ABCD${".".repeat(500)}E ABCD—${"e".repeat(500)}`, "ABCD").found).toEqual([]);
});

test.each([
  ["dots", `A${".".repeat(4_000_000)}B`],
  ["long dashes", "—".repeat(4_000_000)],
  ["words", "word-".repeat(800_000)],
  ["soft hyphens", "\u00AD".repeat(4_000_000)],
  ["pieces", Array.from({ length: 90_000 }, (_, n) => `@MANY—${n}.`).join(" ")],
])("megabytes of %s are read in linear time", (_, text) => {
  const began = performance.now();
  for (const piece of meant(text, "ABC-1").missing) expect(piece.length).toBeLessThanOrEqual(401);
  expect(performance.now() - began).toBeLessThan(5_000);
});
