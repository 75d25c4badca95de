import { describe, expect, test } from "vitest";
import { attributeText, parseAttributeText } from "@/lib/attributes/input";
import { typedSentences } from "@/lib/attributes/reasons";
import type { AttributeDefinition, AttributeType } from "@/lib/attributes/rules";
import { say } from "@/lib/say";

const zone = "Europe/Berlin";
const define = (type: AttributeType, more: Partial<AttributeDefinition> = {}): AttributeDefinition => ({
  name: "field",
  title: "Field",
  description: "",
  type,
  suggestions: [],
  restricted: false,
  ...more,
});

describe("text of a control and back", () => {
  test.each([
    [define("string"), "10% “off”", "10% “off”"],
    [define("number"), 3.5, "3.5"],
    [define("boolean"), false, "false"],
    [define("time"), "2027-01-31T08:00:00.000Z", "2027-01-31 09:00"],
    [define("(list string)"), ["a", "b c"], "a\nb c"],
    [define("(list number)"), [1, -2], "1\n-2"],
    [define("(list time)"), ["2027-01-30T23:00:00.000Z"], "2027-01-31"],
  ])("%# round trip", (definition, value, text) => {
    expect(attributeText(definition, value, zone)).toBe(text);
    expect(parseAttributeText(definition, text, zone)).toEqual({ value });
  });

  test("unset is empty text", () => expect(attributeText(define("number"), null, zone)).toBe(""));
});

test.each([
  [define("number"), "many", "many"],
  [define("number"), "", "number"],
  [define("number"), "0x10", "0x10"],
  [define("number"), "12345678901234567890", "more digits than a number keeps"],
  [define("number"), "0.12345678901234567891", "more digits than a number keeps"],
  [define("string"), "x".repeat(10_001), "up to 10,000 characters; this one has 10,001"],
  [define("boolean"), "", "yes or no"],
  [define("time"), "31/01/2027", "31/01/2027"],
  [define("(list number)"), "1\nx", "x"],
  [define("string", { restricted: true, suggestions: ["gold"] }), "lead", "gold"],
])("%# refuses and names the text or the mend", (definition, text, named) => {
  const result = parseAttributeText(definition, text, zone);
  expect("problem" in result && say(typedSentences, result.problem)).toContain(named);
});
