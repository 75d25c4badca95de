import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { problemsSaid, said } from "@/lib/testing/said";
import { jsonProblem } from "./limits";
import {
  type AttributeDefinition,
  type AttributeType,
  attributeProblem,
  attributeProblems,
  attributeTypes,
} from "./rules";
import { attributeValueField } from "./schema";
import { attributeValueText } from "./text";

const define = (type: AttributeType, more: Partial<AttributeDefinition> = {}): AttributeDefinition => ({
  ...{ name: "field", title: "", description: "", type, suggestions: [], restricted: false },
  ...more,
});
const berlin = "Europe/Berlin";
const likeTimes = ["2026-13-45T99:99:99Z", "2026-02-30T00:00:00Z", "0000-00-00T00:00:00Z", "2026-12-01T00:00:00+99:00"];

describe("a value and its type", () => {
  it.each(likeTimes)("%s is text in a text, and no time", (text) => {
    expect(attributeProblem(define("string"), text)).toBeNull();
    expect(attributeValueText(text, "string", berlin)).toBe(text);
    expect(said(attributeProblem(define("time"), text))).toMatch(
      `field must be a time such as 2027-01-31T09:00:00Z; "${text}" is not. `,
    );
    expect(said(attributeProblem(define("(list time)"), ["2027-01-31T09:00:00Z", text]))).toContain(text);
  });

  it("shows a time only where the type says so", () => {
    const text = "2027-01-31T09:00:00Z";
    expect(attributeValueText(text, "time", berlin)).toBe("31 Jan 2027, 10:00");
    expect(attributeValueText([text, "soon"], "(list time)", berlin)).toBe("31 Jan 2027, 10:00, soon");
    for (const type of ["string", undefined] as const) expect(attributeValueText(text, type, berlin)).toBe(text);
  });

  it("is shown whatever the database holds", () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(...likeTimes), fc.date().map(String));
    fc.assert(
      fc.property(
        value,
        fc.constantFrom(undefined, ...attributeTypes),
        fc.constantFrom(berlin, "Pacific/Apia"),
        (held, type, zone) => {
          expect(attributeValueText(held, type, zone)).toBeTypeOf("string");
        },
      ),
    );
  });
});

describe("attributes that are too many, too large or too deep", () => {
  it("says all unknown names in one sentence, however many", () => {
    const definitions = Array.from({ length: 30 }, (_, index) => define("string", { name: `known_${index}` }));
    const values = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`unknown_${index}`, "x"]));
    const problems = Object.entries(problemsSaid(attributeProblems(definitions, values)));
    expect(problems).toHaveLength(1);
    expect(problems[0]?.[1]).toMatch(
      /^There are no attributes “unknown_0”, “unknown_1”, “unknown_2”, “unknown_3”, “unknown_4” and 75 more; this application has known_0, .* and 10 more\.$/,
    );
    expect(problemsSaid(attributeProblems([define("string")], { no: 1 }))).toEqual({
      "attributes.no": "There is no attribute “no”; this application has field.",
    });
  });

  it("refuses more than 100 names, and more than 64 kB", () => {
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`a${index}`, "x".repeat(500)]));
    expect(problemsSaid(attributeProblems([], many)).attributes).toBe(
      "A code has up to 100 attributes; these are 400.",
    );
    const large = Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, "é".repeat(9000)]));
    const definitions = Object.keys(large).map((name) => define("string", { name }));
    expect(problemsSaid(attributeProblems(definitions, large))).toEqual({
      attributes: "The attributes of a code have up to 64,000 bytes as JSON; these have 72,029. Shorten them.",
    });
  });

  it.each([200_000, 20_000, 12])("refuses JSON nested %i deep before it is read", (depth) => {
    const json = `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    expect(said(jsonProblem(json))).toMatch(depth > 32_000 ? /64,000 bytes/ : /nested [\d,]+ deep/);
  });

  it("takes brackets in texts for texts", () => {
    expect(jsonProblem(JSON.stringify({ a: `"\\${"[{".repeat(1000)}` }))).toBeNull();
  });

  it("keeps every sentence short", () => {
    const suggestions = Array.from({ length: 50 }, (_, index) => `${index}${"x".repeat(9000)}`);
    const definition = define("string", { suggestions, restricted: true });
    for (const value of ["y".repeat(9000), { a: "z".repeat(60_000) }, Array(1000).fill("x")])
      expect(said(attributeProblem(definition, value))?.length).toBeLessThan(1000);
  });

  it("takes flat values from forms, and nothing that is nested", () => {
    for (const value of ["a", 1, true, ["a", "b"], [1, 2], []])
      expect(attributeValueField.safeParse(value).success).toBe(true);
    for (const value of [null, undefined, {}, [[]], [{ a: 1 }]])
      expect(attributeValueField.safeParse(value).success).toBe(false);
  });
});
