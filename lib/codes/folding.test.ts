import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { advocateKey, foldText, searchKey } from "./folding";

test.each([
  ["ΟΔΟΣ", "ΟΔΟΣΑΒΓ1"],
  ["οδος", "ΟΔΟΣΑΒΓ1"],
  ["ılık", "ILIK-7"],
  ["ILIK", "ılık-7"],
  ["istanbul", "İSTANBUL-34"],
  ["İSTANBUL", "istanbul-34"],
  ["strasse", "Straße-1"],
  ["STRAẞE", "strasse-1"],
  ["ffi", "oﬃce"],
  ["Jose\u0301", "josé-5"],
  ["jose", "José-5"],
  ["ΑΙ", "ᾳ123"],
  ["김", "김민준"],
  ["ｇｉｆｔ", "GIFT-1"],
  ["k", "\u212A-kelvin"],
])("“%s” finds %s", (typed, stored) => {
  expect(searchKey(stored)).toContain(searchKey(typed));
  expect(foldText(stored)).toContain(foldText(typed));
});

test("what is ASCII is in lower case, as the database has it, and is not stored again", () => {
  expect(foldText("Anna.B+1@Example.com")).toBe("anna.b+1@example.com");
  expect(advocateKey("REF-1", "Anna")).toBeNull();
  expect(advocateKey("RÉF-1", "Anna")).toBe("anna");
  expect(advocateKey("REF-1", "Änna")).toBe("anna");
});

describe("the folding", () => {
  it("folds each character like its capital, its small letter and its compositions, and what is folded stays", () => {
    for (let point = 0; point <= 0x10ffff; point += 1) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      const one = String.fromCodePoint(point);
      const folded = foldText(one);
      const alike = [one.toUpperCase(), one.toLowerCase(), one.normalize("NFC"), one.normalize("NFD"), folded];
      if (alike.some((other) => foldText(other) !== folded)) expect.fail(`U+${point.toString(16)} ${one}`);
    }
  });

  const letters = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(..."ΣσςıİIißẞéÉå\u030AΐᾳΆ김ﬁǅДйЙกिक字A7-._@ \u0301\u0323\u0345\u0307") },
    { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 1 }) },
  );
  const stored = fc.array(letters, { minLength: 1, maxLength: 20 });
  const forms = fc.array(
    fc.constantFrom<(text: string) => string>(
      (text) => text.toUpperCase(),
      (text) => text.toLowerCase(),
      (text) => text.normalize("NFC"),
      (text) => text.normalize("NFD"),
    ),
    { maxLength: 3 },
  );

  it("finds a text by any part of it, in any case and composition of both", () => {
    fc.assert(
      fc.property(stored, fc.nat(), fc.nat(20), forms, forms, (characters, from, length, asked, kept) => {
        const start = from % characters.length;
        const part = characters.slice(start, start + length).join("");
        const written = (text: string, ways: typeof asked) => ways.reduce((so, way) => way(so), text);
        const [typed, whole] = [written(part, asked), written(characters.join(""), kept)];
        expect(foldText(whole)).toContain(foldText(typed));
        expect(searchKey(whole)).toContain(searchKey(typed));
      }),
      { numRuns: 5_000 },
    );
  });
});
