import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isKept, jsonLoss } from "@/lib/attributes/exact";
import { said } from "@/lib/testing/said";

describe("a number as it is written", () => {
  it.each([
    "0",
    "-0",
    "0.0",
    "007",
    "+5",
    "12",
    "1.50",
    "15e-1",
    "1E3",
    ".5",
    "5.",
    "9007199254740992",
    "0.30000000000000004",
    "3.1400000000000001",
    "123456789012345",
    "1e300",
    "100000000000000000000",
  ])("%s is kept", (text) => {
    expect(isKept(text)).toBe(true);
  });

  it.each([
    "9007199254740993",
    "12345678901234567890",
    "0.12345678901234567891",
    "1.00000000000000000001",
    "1e400",
    "1e-400",
    "-9007199254740993.5",
    "x",
    "--1",
    "1e",
  ])("%s is not", (text) => {
    expect(isKept(text)).toBe(false);
  });

  it("is kept where JavaScript wrote it, and up to 15 digits wherever the point stands", () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => isKept(String(value))));
    const digits = fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n });
    fc.assert(
      fc.property(digits, fc.integer({ min: -200, max: 200 }), (number, power) => isKept(`${number}e${power}`)),
    );
  });
});

describe("what reading JSON would lose", () => {
  it.each([
    ["{}", null],
    ['{"a": 1, "b": [1, 1.5], "c": "12345678901234567890", "d": "a: {\\"a\\": 1}"}', null],
    ['{"a": {"b": 1}, "c": {"b": 1}}', null],
    ['{"a": 12345678901234567890}', /“12345678901234567890” has more digits/],
    ['{"a": [1, 0.12345678901234567891]}', /more digits/],
    ['{"a": 1, "a": 2}', /“a” stands there twice/],
    ['{"a": 1, "\\u0061": 2}', /“a” stands there twice/],
    ['{"a\\"": 1, "b": "x", "a\\"": 2}', /stands there twice/],
  ])("%s", (text, loss) => {
    JSON.parse(text);
    if (loss === null) expect(jsonLoss(text)).toBeNull();
    else expect(said(jsonLoss(text))).toMatch(loss);
  });

  it("is nothing in any JSON that JavaScript wrote", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => jsonLoss(JSON.stringify(value)) === null),
    );
  });
});
