import fc from "fast-check";
import { expect, it, test } from "vitest";
import { longestRun, partOf, rarestPart } from "./parts";

test.each([
  ["advocate.51740@example.com", "te.51740"],
  ["maria.gonzalez@example.com", "gonzalez"],
  ["customer-2024-991", "2024-991"],
  ["cust_ann", "cust_ann"],
  ["short", "short"],
  ["-.-.-.-.-.-", "-.-.-.-.-.-"],
])("%s is asked for by %s", (text, part) => {
  expect(rarestPart(text)).toBe(part);
});

it("asks for a part of the text that an index of three-letter parts can find, or for all of it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
      const part = rarestPart(text);
      expect(text).toContain(part);
      expect(part === text || longestRun(part).length >= 3).toBe(true);
    }),
  );
});

test.each([
  ["ab", "ab%"],
  ["abc", "%abc%"],
  ["50%_off\\", "%50\\%\\_off\\\\%"],
])("the pattern of %s is %s", (text, pattern) => {
  expect(partOf(text, longestRun(text))).toBe(pattern);
});
