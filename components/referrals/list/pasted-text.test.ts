import { expect, test } from "vitest";
import { isText, meantText } from "./pasted-text";

test.each([
  ["GIFT-ABCD", false],
  ["anna.b+1@example.com", false],
  ["Jose\u0301", false],
  ["GIFT ABCD", true],
  ["https://example.com/?code=GIFT-ABCD", true],
])("“%s” is a text: %s", (search, answer) => {
  expect(isText(search)).toBe(answer);
});

test("what was pasted is meant where the box holds a line of it, else what stands there", () => {
  const mail = "Hello Anna,\n\nyour code:\n  GIFT-ABCD\n";
  expect(meantText("Hello Anna,  your code:   GIFT-ABCD", mail)).toBe(mail);
  expect(meantText("Hello Anna", mail)).toBe(mail);
  expect(meantText("Hello Bob", mail)).toBe("Hello Bob");
  expect(meantText("Hello Bob", "")).toBe("Hello Bob");
});
