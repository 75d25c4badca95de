import { expect, test } from "vitest";
import { codeSpace } from "@/lib/codes/generator";
import { guessText } from "./guess-text";

test.each([
  [0, 0, "never"],
  [0, 1, "once in 10 tries"],
  [3, 1, "40 of 100 tries"],
  [7, 1, "80 of 100 tries"],
  [9, 0, "90 of 100 tries"],
  [9, 1, "every time"],
  [8, 5, "80 of 100 tries"],
])("with %d of 10 codes used and %d more, a guess hits %s", (used, wanted, text) => {
  expect(guessText(codeSpace("REF-#", "0123456789", "sensitive"), used, wanted)).toBe(text);
});

test("a rare hit is told by the guesses it takes, and one that misses is never every time", () => {
  const space = codeSpace("REF-####", "0123456789", "sensitive");
  expect(guessText(space, 9, 1)).toBe("once in 1,000 tries");
  expect(guessText(space, 9_999, 0)).toBe("99 of 100 tries");
});
